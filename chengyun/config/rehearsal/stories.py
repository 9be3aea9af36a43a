"""How cases went: verbs with who, how long after the one before, and what was said. Pure.

A story is told from its beginning until the present; a case whose story is not over is where it stands now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Beat:
    """One verb. ``hours`` is how long it took, give or take; ``who`` is a role of the cast."""

    verb: str
    who: str
    hours: float
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A whole course of things, and how often it happens."""

    name: str
    weight: int
    beats: tuple[Beat, ...]
    start: str = ""
    opening: dict[str, Any] = field(default_factory=dict)


def _b(verb: str, who: str, hours: float, **said: Any) -> Beat:
    return Beat(verb, who, hours, said)


_DISPATCH = _b("dispatch", "dispatcher", 0.6, unit="$unit")
_SIGN = _b("sign", "unit", 2)
_CONTACT = _b("contact", "unit", 3, reached="yes", contacted_at="$now", visited=True)
_TAKEN = (_DISPATCH, _SIGN, _CONTACT)
_ANSWER = _b(
    "answer",
    "unit",
    40,
    finding="true",
    demand="reasonable",
    outcome="solved",
    reply="$reply",
    person_in_charge="演练负责人",
    public=True,
)
_EXPLAIN = _b(
    "answer", "unit", 30, finding="partly", demand="reasonable", outcome="explained", reply="$reply"
)
_AUDIT = _b("pass_audit", "shift_leader", 4)
_HAPPY = _b("call_back", "callback", 9, outcome="solved", satisfaction="satisfied")
_FAIR = _b(
    "call_back", "callback", 9, outcome="explained", satisfaction="fair", said="解释清楚了，希望能快一点"
)
_ANGRY = _b(
    "call_back", "callback", 8, outcome="unsolved", satisfaction="dissatisfied", said="问题还在，没有人来过"
)
_NOBODY = _b("try_call", "callback", 5, note="无人接听")
_CLOSE = _b("close", "callback", 2)
_WRONG = _b("send_back", "unit", 3, reason="经核实，该事项不属本单位职责范围", suggested_unit="$other")

HOTLINE = (
    Story("solved", 40, (*_TAKEN, _ANSWER, _AUDIT, _HAPPY, _CLOSE)),
    Story("explained", 14, (*_TAKEN, _EXPLAIN, _AUDIT, _FAIR, _CLOSE)),
    Story("not reached at first", 5, (*_TAKEN, _ANSWER, _AUDIT, _NOBODY, _HAPPY, _CLOSE)),
    Story(
        "rework",
        5,
        (
            *_TAKEN,
            _EXPLAIN,
            _b("fail_audit", "shift_leader", 3, reason="答复未回应诉求人提出的时限问题"),
            _b("answer", "unit", 14, finding="true", demand="reasonable", outcome="solved", reply="$reply"),
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "handled again",
        6,
        (
            *_TAKEN,
            _ANSWER,
            _AUDIT,
            _ANGRY,
            _b("rehandle", "callback", 1, reason="市民反映问题未解决，请主要负责人牵头重办"),
            _b("answer", "unit", 30, finding="true", demand="reasonable", outcome="solved", reply="$reply"),
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "sent back once",
        5,
        (
            _DISPATCH,
            _WRONG,
            _b("dispatch", "dispatcher", 3, unit="$other"),
            _SIGN,
            _CONTACT,
            _ANSWER,
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "sent back twice",
        3,
        (
            _DISPATCH,
            _WRONG,
            _b("dispatch", "dispatcher", 3, unit="$other"),
            _b("send_back", "unit", 4, reason="三定方案中无此职责", suggested_unit="$unit"),
            _b("coordinate", "shift_leader", 6, unit="$unit", reason="经区级协调，按属地和管理权限确定"),
            _SIGN,
            _CONTACT,
            _ANSWER,
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "helped",
        5,
        (
            _b(
                "dispatch", "dispatcher", 0.5, unit="$unit", helpers=["$other"], note="请协办单位配合现场处置"
            ),
            _SIGN,
            _CONTACT,
            _b("help_report", "helper", 16, report="已派员到场，管线无异常"),
            _ANSWER,
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "extended",
        5,
        (
            *_TAKEN,
            _b("ask_extension", "unit", 12, until="$later", reason="材料采购周期较长，需延期"),
            _b("decide_extension", "shift_leader", 5, decision="grant"),
            _b("report_interim", "unit", 30, report="材料已到场，预计三日内完工"),
            _ANSWER,
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "suspended",
        3,
        (
            *_TAKEN,
            _b("ask_suspension", "unit", 10, until="$far", reason="须待汛期结束后方可施工"),
            _b("decide_suspension", "shift_leader", 4, decision="grant"),
            _b("resume", "unit", 200),
            _ANSWER,
            _AUDIT,
            _HAPPY,
            _CLOSE,
        ),
    ),
    Story(
        "by a handler",
        4,
        (*_TAKEN, _b("assign_handler", "unit", 1, handler="$handler"), _ANSWER, _AUDIT, _HAPPY, _CLOSE),
    ),
    Story("void", 1, (_b("void", "shift_leader", 2, reason="误拨，来电人确认无诉求"),)),
)
AT_ONCE = Story("answered in the first call", 1, (_b("resolve_at_once", "intake", 0.1, reply="$reply"),))

_FILE = _b("file", "shift_leader", 0.2, criterion="符合立案条件")
_SEND = _b("dispatch", "dispatcher", 0.2, unit="$unit")
_WORK = _b("dispose", "unit", 14, result="$reply")
_CHECK = _b("order_check", "intake", 1, inspector="$inspector")
_PASS = _b("pass_check", "inspector", 3, note="已到现场，处置到位")
_END = _b("close", "shift_leader", 1, criterion="现场恢复原状")

GRID = (
    Story("disposed", 40, (_FILE, _SEND, _WORK, _CHECK, _PASS, _END)),
    Story(
        "public report",
        10,
        (
            _b("order_verification", "intake", 0.2, inspector="$inspector"),
            _b("verify", "inspector", 0.5, presence="found", note="问题属实，已拍照"),
            _FILE,
            _SEND,
            _WORK,
            _CHECK,
            _PASS,
            _END,
        ),
        opening={"channel": "public", "reporter_id": None},
    ),
    Story(
        "not there",
        3,
        (
            _b("order_verification", "intake", 0.2, inspector="$inspector"),
            _b("verify", "inspector", 0.5, presence="not_found", note="现场未发现问题"),
            _b("refuse", "shift_leader", 0.3, criterion="现场核实问题不存在", reason="核实未发现问题"),
        ),
        opening={"channel": "public", "reporter_id": None},
    ),
    Story(
        "rework",
        8,
        (
            _FILE,
            _SEND,
            _WORK,
            _CHECK,
            _b("fail_check", "inspector", 3, reason="周边仍有缝隙，未恢复平整"),
            _b("dispose", "unit", 8, result="$reply"),
            _CHECK,
            _PASS,
            _END,
        ),
    ),
    Story("on the spot", 10, (_b("confirm_self_handling", "intake", 2),), start="self_handled"),
    Story(
        "sent back",
        4,
        (_FILE, _SEND, _WRONG, _b("dispatch", "dispatcher", 1, unit="$other"), _WORK, _CHECK, _PASS, _END),
    ),
    Story(
        "suspended",
        3,
        (
            _FILE,
            _SEND,
            _b("ask_suspension", "unit", 5, until="$far", reason="须等待植树季"),
            _b("decide_suspension", "dispatcher", 2, decision="grant"),
            _b("resume", "unit", 200),
            _WORK,
            _CHECK,
            _PASS,
            _END,
        ),
    ),
    Story(
        "extended",
        3,
        (
            _FILE,
            _SEND,
            _b("ask_extension", "unit", 1, until="$later", reason="配件到货延迟"),
            _b("decide_extension", "dispatcher", 1, decision="grant"),
            _WORK,
            _CHECK,
            _PASS,
            _END,
        ),
    ),
)

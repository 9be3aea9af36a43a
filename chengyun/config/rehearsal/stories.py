"""How cases went: verbs with who, how long after the one before, and what was said. Pure.

A story is told from its beginning until the present; a case whose story is not over is where it stands now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
_CONTACTED = {
    "contacted": "yes",
    "contacted_at": "$contacted_at",
    "contact_person": "$liaison",
    "visited": True,
}
_WHO = {
    "department": "$department",
    "person_in_charge": "演练负责人",
    "leader_in_charge": "演练分管领导",
    "responsibility": "ours",
}
_TOLD = {"reply_method": "phone", "replied_at": "$now"}
_ANSWER = _b(
    "answer",
    "unit",
    40,
    finding="true",
    finding_note="现场查看与反映一致",
    demand="reasonable",
    outcome="solved",
    **_CONTACTED,
    **_WHO,
    **_TOLD,
    standing="satisfied",
    reply_points="已到场处理并告知来电人",
    reply="$reply",
    public=True,
)
_EXPLAIN = _b(
    "answer",
    "unit",
    30,
    finding="partly",
    finding_note="部分情况与来电人所述有出入",
    demand="reasonable",
    outcome="explained",
    **_CONTACTED,
    **_WHO,
    **_TOLD,
    standing="fair",
    citizen_said="听明白了，希望以后能快一点",
    reply="$reply",
)
_LATER = _b(
    "answer",
    "unit",
    30,
    finding="true",
    demand="reasonable",
    outcome="unsolved",
    **_CONTACTED,
    **_WHO,
    promised_on="$far",
    standing="average",
    citizen_said="愿意等，但要说话算数",
    complaint="slow",
    reply="$reply_later",
)
_EMPTY_WORDS = _b(
    "answer",
    "unit",
    12,
    finding="true",
    demand="reasonable",
    outcome="explained",
    contacted="no",
    contact_why_not="电话未打通",
    reply="您反映的情况我单位高度重视，已转相关科室研究，将尽快答复您，感谢您对我们工作的支持。",
)
_WITH_A_NUMBER = _b(
    "answer",
    "unit",
    20,
    finding="true",
    demand="reasonable",
    outcome="solved",
    **_CONTACTED,
    **_WHO,
    reply="$reply_with_number",
    public=True,
)
_AUDIT = _b(
    "pass_audit", "shift_leader", 4, checked=["已先行联系市民，时间和方式有记录", "答复逐项回应了诉求"]
)
_HAPPY = _b("call_back", "callback", 9, way="phone", outcome="solved", satisfaction="satisfied")
_BY_MESSAGE = _b("call_back", "system", 3, way="sms", satisfaction="very_satisfied")
_FAIR = _b(
    "call_back",
    "callback",
    9,
    way="phone",
    outcome="explained",
    satisfaction="fair",
    said="解释清楚了，希望能快一点",
)
_SO_SO = _b(
    "call_back",
    "callback",
    9,
    way="phone",
    outcome="unsolved",
    satisfaction="average",
    said="还没修好，不过说了日期",
)
_ANGRY = _b(
    "call_back",
    "callback",
    8,
    way="phone",
    outcome="unsolved",
    satisfaction="dissatisfied",
    said="问题还在，没有人来过",
)
_NOBODY = _b("try_call", "callback", 12, result="rang_out", note="响铃一分钟无人接听")
_SWITCHED_OFF = _b("try_call", "callback", 20, result="switched_off")
_NEVER = _b("call_back", "callback", 1, way="phone", satisfaction="unreached")
_CLOSE = _b("close", "callback", 2)
_WRONG = _b("send_back", "unit", 3, reason="经核实，该事项不属本单位职责范围", suggested_unit="$other")

HOTLINE = (
    Story("solved", 40, (*_TAKEN, _ANSWER, _AUDIT, _HAPPY, _CLOSE)),
    Story("explained", 14, (*_TAKEN, _EXPLAIN, _AUDIT, _FAIR, _CLOSE)),
    Story("rated by message", 10, (*_TAKEN, _ANSWER, _AUDIT, _BY_MESSAGE, _CLOSE)),
    Story("promised", 5, (*_TAKEN, _LATER, _AUDIT, _SO_SO, _CLOSE)),
    Story("not reached at first", 5, (*_TAKEN, _ANSWER, _AUDIT, _NOBODY, _HAPPY, _CLOSE)),
    Story(
        "never reached",
        3,
        (*_TAKEN, _ANSWER, _AUDIT, _NOBODY, _SWITCHED_OFF, _SWITCHED_OFF, _NOBODY, _NEVER, _CLOSE),
    ),
    Story("public reply with a number", 3, (*_TAKEN, _WITH_A_NUMBER, _AUDIT, _HAPPY, _CLOSE)),
    Story(
        "rework",
        5,
        (
            _DISPATCH,
            _SIGN,
            _b("contact", "unit", 3, reached="no", why_not="电话未打通"),
            _EMPTY_WORDS,
            _b(
                "fail_audit",
                "shift_leader",
                3,
                grounds=["没有先行联系市民", "答非所问，没有回应诉求"],
                reason="请联系到市民本人，写清查了什么、哪天办完",
            ),
            replace(_ANSWER, hours=14),
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
            replace(_ANSWER, hours=30),
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

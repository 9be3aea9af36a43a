"""Ends of an order that no unit handles, as the national opinion of 2025 asks: explained, or an emergency."""

from __future__ import annotations

from chengyun.cases.process.kinds import EmergencyLine
from chengyun.kernel.loop import Ask, Verb, Who
from chengyun.kernel.words import N_
from chengyun.organisation.posts import Post

_WHO = (Who(Post.INTAKE), Who(Post.SHIFT_LEADER), Who(Post.DISPATCHER))
_EXPLANATION = (
    Ask("basis", "line", N_("判定情形"), most=100, hint=N_("判定表中的哪一条")),
    Ask("route", "line", N_("告知的渠道"), required=False, most=100),
    Ask("reply", "text", N_("解释内容")),
)
_HAND_OVER = (
    Ask("line", "choice", N_("紧急线路"), choices=EmergencyLine),
    Ask("handed", "text", N_("移交情况"), hint=N_("何时转接或代报、对方如何答复")),
    Ask("remains", "flag", N_("还有事项须派单"), required=False),
)

VERBS = (
    Verb(
        "explain",
        "解释办结",
        "Close with an explanation",
        _WHO,
        _EXPLANATION,
        note=N_("不派单，向来电人解释后结案，不计入首呼解决"),
    ),
    Verb(
        "hand_over",
        "移交紧急线路",
        "Hand over to the emergency line",
        _WHO,
        _HAND_OVER,
        note=N_("记下移交；没有其他事项的，工单就此结案"),
    ),
)

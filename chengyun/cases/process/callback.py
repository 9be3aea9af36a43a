"""What is said at the audit of an answer, at calls to the citizen, and at what the citizen says."""

from __future__ import annotations

from chengyun.cases.process.kinds import NoAnswer, Outcome, Satisfaction, Way
from chengyun.kernel.loop import Ask
from chengyun.kernel.words import N_

CHECKED = Ask("checked", "picks", N_("审核清单"), required=False, hint=N_("看过并认可的项"))
GROUNDS = Ask("grounds", "picks", N_("退回原因"), required=False, hint=N_("可多选"))
AUDIT_REASON = Ask("reason", "text", N_("理由"), hint=N_("写清缺什么、要补什么，会永久留痕"))

TRY = (
    Ask("result", "choice", N_("拨打情况"), choices=NoAnswer, required=False),
    Ask("note", "text", N_("说明"), required=False),
)

CALL_BACK = (
    Ask("way", "choice", N_("评价方式"), choices=Way, required=False),
    Ask("outcome", "choice", N_("市民认为"), choices=Outcome, required=False, hint=N_("接通后必填")),
    Ask(
        "satisfaction",
        "choice",
        N_("满意度"),
        choices=Satisfaction,
        hint=N_("“未接通”须拨满规定次数后才能登记，不计入满意率"),
    ),
    Ask("said", "text", N_("市民反馈"), required=False, hint=N_("基本满意及以下必填，记市民的原话")),
)

"""Things that many verbs ask for."""

from __future__ import annotations

from chengyun.cases.process.kinds import Decision
from chengyun.kernel.loop import Ask
from chengyun.kernel.words import N_

REASON = Ask("reason", "text", N_("理由"), hint=N_("写清事实和依据，会永久留痕"))
NOTE = Ask("note", "text", N_("说明"), required=False)
OPINION = Ask("opinion", "text", N_("意见"), required=False)
LEAD = Ask("unit", "unit", N_("主办单位"))
HELPERS = Ask("helpers", "units", N_("协办单位"), required=False)
SUGGESTED = Ask("suggested_unit", "unit", N_("建议承办单位"), hint=N_("您认为应由谁承办"))
DECISION = Ask("decision", "choice", N_("审批结论"), choices=Decision)
DECISION_REASON = Ask(
    "reason", "text", N_("审批理由"), required=False, required_when=("decision", (Decision.REFUSE.value,))
)
NEW_TIME = Ask("until", "moment", N_("延期至"), hint=N_("新的完成时间，原时限保留在时钟记录中"))
UNTIL = Ask("until", "date", N_("挂账至"), hint=N_("到期自动恢复计时"))
INTERIM = Ask("report", "text", N_("进展情况"), hint=N_("已做了什么、还差什么、预计何时完成"))

"""The numbers of the loop that the city may decide: what they are called and what they can be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.kernel.labelled import Labelled


class RuleName(Labelled):
    """What a rule decides."""

    MOST_EXTENSIONS = "most_extensions", "最多延期次数", "Most extensions"
    MOST_SUSPENSIONS = "most_suspensions", "最多挂起（挂账）次数", "Most suspensions"
    SUSPENSION_DAYS = "suspension_days", "一次挂起（挂账）最长天数", "Longest suspension in days"
    CALL_ATTEMPTS = "call_attempts", "回访未接通的拨打次数", "Calls before giving up"
    CALL_HALF_DAYS = "call_half_days", "同一半天内再拨不另计（1 是 0 否）", "Calls of one half-day count once"
    AFTERNOON_FROM = "afternoon_from", "几点起算下午", "Hour at which the afternoon begins"
    SPARE_AFTER_HOURS = (
        "spare_after_hours",
        "未抽中的工单等短信评价几小时",
        "Hours before an undrawn order is spared",
    )
    REOPEN_DAYS = "reopen_days", "结案后几天内可申请重开", "Days within which to ask for reopening"
    REOPEN_ANSWER_DAYS = (
        "reopen_answer_days",
        "重开申请几个工作日内答复",
        "Working days to answer such a wish",
    )
    KNOWLEDGE_REVIEW_DAYS = "knowledge_review_days", "知识复核间隔天数", "Days between reviews of an article"
    NEAR_DUE_HOURS = "near_due_hours", "到期前几个工作时算“即将到期”", "Working hours that count as near due"
    ANSWER_CONTACTED = "answer_needs_contacted", "答复必填：是否先行联系", "Answer needs: first contact"
    ANSWER_DEPARTMENT = "answer_needs_department", "答复必填：处置部门", "Answer needs: department"
    ANSWER_PERSON = "answer_needs_person_in_charge", "答复必填：经办负责人", "Answer needs: person in charge"
    ANSWER_LEADER = "answer_needs_leader_in_charge", "答复必填：分管领导", "Answer needs: leader in charge"
    ANSWER_DUTY = "answer_needs_responsibility", "答复必填：责任判断", "Answer needs: responsibility"
    ANSWER_STANDING = "answer_needs_standing", "答复必填：市民满意度", "Answer needs: the citizen's mood"
    ANSWER_SAID = (
        "answer_needs_citizen_said",
        "答复必填：市民反馈说明（非满意时）",
        "Answer needs: what was said",
    )
    ANSWER_COMPLAINT = (
        "answer_needs_complaint",
        "答复必填：不满意原因（不满意时）",
        "Answer needs: why not satisfied",
    )
    ANSWER_PROMISE = (
        "answer_needs_promised_on",
        "答复必填：承诺完成日期（未解决时）",
        "Answer needs: promised date",
    )
    ANSWER_METHOD = "answer_needs_reply_method", "答复必填：答复方式", "Answer needs: way of replying"
    ANSWER_REPLIED = "answer_needs_replied_at", "答复必填：答复时间", "Answer needs: time of replying"
    ANSWER_POINTS = "answer_needs_reply_points", "答复必填：答复要点", "Answer needs: points of the reply"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a rule's value can be; ``whole`` if it counts things."""

    least: Decimal
    most: Decimal
    whole: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether the value is one that the rule can have."""
        whole = not self.whole or value == value.to_integral_value()
        return self.least <= value <= self.most and whole


ANSWER_NEEDS = "answer_needs_"  # and the name of a field of the answer; 1: it must be filled in

BOUNDS: dict[str, Bounds] = {
    RuleName.MOST_EXTENSIONS: Bounds(Decimal(0), Decimal(20)),
    RuleName.MOST_SUSPENSIONS: Bounds(Decimal(0), Decimal(20)),
    RuleName.SUSPENSION_DAYS: Bounds(Decimal(1), Decimal(3650)),
    RuleName.CALL_ATTEMPTS: Bounds(Decimal(1), Decimal(20)),
    RuleName.KNOWLEDGE_REVIEW_DAYS: Bounds(Decimal(1), Decimal(3650)),
    RuleName.NEAR_DUE_HOURS: Bounds(Decimal("0.5"), Decimal(200), whole=False),
    RuleName.CALL_HALF_DAYS: Bounds(Decimal(0), Decimal(1)),
    RuleName.AFTERNOON_FROM: Bounds(Decimal(8), Decimal(18)),
    RuleName.SPARE_AFTER_HOURS: Bounds(Decimal(0), Decimal(240)),
    RuleName.REOPEN_DAYS: Bounds(Decimal(0), Decimal(365)),
    RuleName.REOPEN_ANSWER_DAYS: Bounds(Decimal(1), Decimal(30)),
    **{name: Bounds(Decimal(0), Decimal(1)) for name in RuleName if name.startswith(ANSWER_NEEDS)},
}

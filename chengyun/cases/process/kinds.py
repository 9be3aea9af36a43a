"""Kinds of case and the small vocabularies that verbs ask for."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Kind(Labelled):
    """What a case is; each kind has its own process."""

    HOTLINE = "hotline", "热线工单", "Hotline order"
    GRID = "grid", "网格案件", "Grid case"


class Outcome(Labelled):
    """What came of it (处理结果)."""

    SOLVED = "solved", "实际解决", "Solved"
    EXPLAINED = "explained", "解释说明", "Explained"
    UNSOLVED = "unsolved", "未解决", "Not solved"


class Finding(Labelled):
    """Whether the facts are as told (事实认定)."""

    TRUE = "true", "属实", "True"
    PARTLY = "partly", "部分属实", "Partly true"
    FALSE = "false", "不属实", "Not true"


class Demand(Labelled):
    """Whether the demand is reasonable (诉求认定)."""

    REASONABLE = "reasonable", "合理", "Reasonable"
    UNREASONABLE = "unreasonable", "不合理", "Unreasonable"
    UNLAWFUL = "unlawful", "不合法", "Unlawful"


class Reached(Labelled):
    """Whether the caller was reached."""

    YES = "yes", "已联系", "Reached"
    NO = "no", "未联系上", "Not reached"
    NOT_NEEDED = "not_needed", "无需联系", "Not needed"


class Satisfaction(Labelled):
    """Grades of the callback (好差评), and what is said when nobody answers."""

    VERY_SATISFIED = "very_satisfied", "非常满意", "Very satisfied"
    SATISFIED = "satisfied", "满意", "Satisfied"
    FAIR = "fair", "基本满意", "Fairly satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "Dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意", "Very dissatisfied"
    UNREACHED = "unreached", "未接通", "Not reached"


DISSATISFIED = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


class Decision(Labelled):
    """An answer to a request."""

    GRANT = "grant", "同意", "Grant"
    REFUSE = "refuse", "不同意", "Refuse"


class Presence(Labelled):
    """What a verification on the spot found (核实)."""

    FOUND = "found", "问题存在", "The problem is there"
    NOT_FOUND = "not_found", "未发现问题", "The problem is not there"

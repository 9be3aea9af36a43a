"""The words of targets and their judgement. Pure."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Level(Labelled):
    """Whether a form speaks of one project or of the whole department."""

    PROJECT = "project", "项目支出", "Project expenditure"
    DEPARTMENT = "department", "部门整体支出", "Whole department"


class Variant(Labelled):
    """A form as it was published stays as it is; people work with another one."""

    PUBLISHED = "published", "公开稿", "As published"
    WORKING = "working", "执行稿", "Working form"


class FormState(Labelled):
    """Where a form stands."""

    DRAFT = "draft", "编制中", "Draft"
    DECLARED = "declared", "已申报", "Declared", "good"


class Kind(Labelled):
    """What a target's value is."""

    NUMBER = "number", "数值", "Number"
    RATE = "rate", "比率", "Rate"
    MOMENT = "moment", "时点", "Date"
    QUALITATIVE = "qualitative", "定性", "Qualitative"


class Comparator(Labelled):
    """In which direction a value is good."""

    AT_LEAST = "at_least", "不低于", "At least"
    AT_MOST = "at_most", "不高于", "At most"
    EQUAL = "equal", "等于", "Equal to"
    BETWEEN = "between", "介于", "Between"

    @property
    def sign(self) -> str:
        """As the official form writes it."""
        return {"at_least": "≥", "at_most": "≤", "equal": "=", "between": ""}[self.value]


class Every(Labelled):
    """How often a target is measured."""

    MONTH = "month", "每月", "Monthly"
    QUARTER = "quarter", "每季", "Quarterly"
    YEAR = "year", "全年", "Yearly"


class Gathering(Labelled):
    """What a year's value is made of. Only a running sum is held against the share of the year that has passed."""

    SUM = "sum", "全年累计", "Running sum"
    RATIO = "ratio", "分子与分母之比", "Numerator over denominator"
    MEAN = "mean", "各期平均", "Mean of the periods"
    LAST = "last", "期末数", "Last value"


class How(Labelled):
    """How a value came here."""

    LIVE = "live", "平台实测", "Measured by the platform"
    ENTERED = "entered", "人工填报", "Entered by hand", "due-soon"


class Light(Labelled):
    """The lights of the double monitoring."""

    GREEN = "green", "正常", "On course", "good"
    YELLOW = "yellow", "关注", "Needs attention", "due-soon"
    RED = "red", "预警", "Behind", "overdue"
    NONE = "none", "无法评判", "Cannot be judged", "stopped"


class RowKind(Labelled):
    """Dated numbers of this part."""

    GRADE = "grade", "评价等次", "Grades"
    BAND = "band", "定性档次", "Bands of qualitative targets"
    MONITORING = "monitoring", "监控阈值", "Thresholds of monitoring"
    RULE = "rule", "其他规则", "Other rules"


class Sameness(Labelled):
    """What computing a figure again says of the earlier one."""

    SAME = "same", "复算一致", "The same again", "good"
    GROWN = "grown", "数据有增补，数值未变", "More data, the same value", "good"
    CHANGED = "changed", "数据有增补，数值已变", "More data, another value", "due-soon"
    CONTRADICTION = "contradiction", "数据未变，数值不同", "The same data, another value", "overdue"


class EvaluationState(Labelled):
    """Where a self-evaluation stands."""

    DRAFT = "draft", "填报中", "Being filled in"
    FINISHED = "finished", "已完成", "Finished", "good"


class Deed(Labelled):
    """What was done to a form."""

    CREATE = "create", "建立申报表", "Form begun"
    CHANGE = "change", "修改申报表", "Form changed"
    ADD_TARGET = "add_target", "增加指标", "Target added"
    CHANGE_TARGET = "change_target", "修改指标", "Target changed"
    DROP_TARGET = "drop_target", "删除指标", "Target dropped"
    DECLARE = "declare", "申报", "Declared"
    REOPEN = "reopen", "退回修改", "Opened again"
    EVALUATE = "evaluate", "开始自评", "Self-evaluation begun"
    FINISH = "finish", "完成自评", "Self-evaluation finished"

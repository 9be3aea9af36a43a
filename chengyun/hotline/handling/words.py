"""The words of this part. Pure."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class RowKind(Labelled):
    """What a dated row of this part is."""

    CHECKLIST = "checklist", "审核清单", "Audit checklist"
    GROUND = "ground", "审核退回原因", "Grounds for rework"
    SCRIPT = "script", "回访话术", "Callback script"
    HINT = "hint", "审核提示参数", "Bounds of audit hints"
    WEIGHT = "weight", "满意度权重", "Weights of satisfaction"
    ILLEGAL_STRUCTURE = "illegal_structure", "违法建筑专题的分类", "Classes of illegal structures"
    GROUP_RENTING = "group_renting", "群租专题的分类", "Classes of group renting"


class CityList(Labelled):
    """Which list of the city a result came with."""

    FULL = "full", "回访结果全表", "Full results"
    UNSATISFIED = "unsatisfied", "不满意件", "Not satisfied", "overdue"
    UNSOLVED = "unsolved", "未解决件", "Not solved", "overdue"
    UNCONTACTED = "uncontacted", "未先行联系件", "Not contacted first", "due-soon"


class Contacted(Labelled):
    """Whether the city found that the unit had contacted the citizen first."""

    YES = "yes", "已先行联系", "Contacted", "good"
    NO = "no", "未先行联系", "Not contacted", "overdue"
    NOT_JUDGED = "not_judged", "不考核", "Not appraised"

"""What a unit says when it answers an order: the fields that Shanghai districts use in their reply forms.

The groups and fields follow forms met in Shanghai districts (secondary sources). Few are required by the table itself;
the others become required by a rule of the centre (``rule_names.REPLY_RULES``), dated and with its source.
"""

from __future__ import annotations

from chengyun.cases.process.kinds import (
    Complaint,
    Demand,
    Finding,
    GroupRenting,
    IllegalStructure,
    Outcome,
    Reached,
    ReplyMethod,
    Responsibility,
    Standing,
)
from chengyun.kernel.loop import Ask
from chengyun.kernel.words import N_

_FINDING, _CONTACT, _RESULT = N_("认定"), N_("先行联系"), N_("处理结果")
_CITIZEN, _REPLY, _TOPIC = N_("市民反馈"), N_("答复市民"), N_("专题")
_NOT_CONTACTED = ("contacted", (Reached.NO.value, Reached.NOT_NEEDED.value))

REPLY = (
    Ask("finding", "choice", N_("事实认定"), choices=Finding, group=_FINDING),
    Ask("finding_note", "text", N_("事实认定说明"), required=False, most=1000, group=_FINDING),
    Ask("demand", "choice", N_("诉求认定"), choices=Demand, group=_FINDING),
    Ask("demand_note", "text", N_("诉求认定说明"), required=False, most=1000, group=_FINDING),
    Ask("contacted", "choice", N_("是否先行联系"), choices=Reached, required=False, group=_CONTACT),
    Ask(
        "contact_why_not",
        "text",
        N_("未先行联系原因"),
        required=False,
        required_when=_NOT_CONTACTED,
        most=1000,
        group=_CONTACT,
    ),
    Ask("contacted_at", "moment", N_("先行联系时间"), required=False, group=_CONTACT),
    Ask("contact_person", "line", N_("先行联系人"), required=False, most=40, group=_CONTACT),
    Ask("visited", "flag", N_("已现场查看"), required=False, group=_CONTACT),
    Ask("outcome", "choice", N_("处理结果"), choices=Outcome, group=_RESULT),
    Ask("department", "line", N_("处置部门"), required=False, most=60, group=_RESULT),
    Ask("person_in_charge", "line", N_("经办负责人"), required=False, most=40, group=_RESULT),
    Ask("leader_in_charge", "line", N_("分管领导"), required=False, most=40, group=_RESULT),
    Ask("responsibility", "choice", N_("责任判断"), choices=Responsibility, required=False, group=_RESULT),
    Ask(
        "promised_on",
        "date",
        N_("承诺完成日期"),
        required=False,
        hint=N_("还要做的事，写明何时做完"),
        group=_RESULT,
    ),
    Ask("standing", "choice", N_("市民满意度"), choices=Standing, required=False, group=_CITIZEN),
    Ask(
        "citizen_said",
        "text",
        N_("市民反馈说明"),
        required=False,
        most=2000,
        group=_CITIZEN,
    ),
    Ask("complaint", "choice", N_("不满意原因"), choices=Complaint, required=False, group=_CITIZEN),
    Ask("reply_method", "choice", N_("答复方式"), choices=ReplyMethod, required=False, group=_REPLY),
    Ask("replied_at", "moment", N_("答复时间"), required=False, group=_REPLY),
    Ask(
        "reply_points",
        "text",
        N_("答复要点"),
        required=False,
        most=500,
        hint=N_("一两句话，供审核和回访看"),
        group=_REPLY,
    ),
    Ask(
        "reply",
        "text",
        N_("答复内容"),
        most=20_000,
        hint=N_("写给市民看的话：查了什么、做了什么、结果如何"),
        group=_REPLY,
    ),
    Ask("public", "flag", N_("可以公开"), required=False, group=_REPLY),
    Ask(
        "illegal_type",
        "choice",
        N_("违法建筑类型"),
        choices=IllegalStructure,
        required=False,
        group=_TOPIC,
        topic="illegal_structure",
    ),
    Ask(
        "illegal_area",
        "number",
        N_("违法建筑面积（平方米，取整）"),
        required=False,
        group=_TOPIC,
        topic="illegal_structure",
    ),
    Ask(
        "renting_type",
        "choice",
        N_("群租类型"),
        choices=GroupRenting,
        required=False,
        group=_TOPIC,
        topic="group_renting",
    ),
)

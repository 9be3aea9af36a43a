"""The process of a 12345 order. Source of the sequence: national opinion of 2025 and Shanghai street rules."""

from __future__ import annotations

from chengyun.cases.process import asks, callback, without_unit
from chengyun.cases.process.kinds import Reached
from chengyun.cases.process.reply import REPLY
from chengyun.kernel.labelled import Labelled
from chengyun.kernel.loop import Ask, Loop, Scope, Timer, Verb, Who, steps
from chengyun.kernel.words import N_
from chengyun.organisation.posts import Post


class HotlineState(Labelled):
    """Where an order stands."""

    REGISTERED = "registered", "待派遣", "Registered"
    DISPATCHED = "dispatched", "待签收", "Dispatched"
    SENT_BACK = "sent_back", "已退单", "Sent back", "due-soon"
    COORDINATION = "coordination", "区级协调", "District coordination", "due-soon"
    SIGNED = "signed", "待先行联系", "Signed"
    IN_HAND = "in_hand", "办理中", "In hand"
    SUSPENDED = "suspended", "已挂起", "Suspended", "stopped"
    ANSWERED = "answered", "待审核", "Answered"
    AUDITED = "audited", "待回访", "Audited"
    CALLED_BACK = "called_back", "待结案", "Called back"
    REHANDLING = "rehandling", "重办中", "Re-handling", "due-soon"
    CLOSED = "closed", "已结案", "Closed", "good"
    MERGED = "merged", "已并单", "Merged", "stopped"
    VOID = "void", "已作废", "Void", "stopped"


S = HotlineState
_INTAKE, _LEADER, _DISPATCH = Who(Post.INTAKE), Who(Post.SHIFT_LEADER), Who(Post.DISPATCHER)
_CALLBACK = Who(Post.CALLBACK)
_UNIT, _HELPER = Who(Post.UNIT, Scope.LEAD), Who(Post.UNIT, Scope.HELPER)
_HANDLER = Who(Post.HANDLER, Scope.TASKED)

_BEFORE_DISPATCH = (S.REGISTERED, S.SENT_BACK, S.COORDINATION)
_WITH_UNIT = (S.DISPATCHED, S.SIGNED, S.IN_HAND, S.REHANDLING)
_OPEN = tuple(state for state in S if state not in {S.CLOSED, S.MERGED, S.VOID})

VERBS = (
    Verb(
        "dispatch",
        "派遣",
        "Dispatch",
        (_DISPATCH, _LEADER),
        (asks.LEAD, asks.HELPERS, asks.NOTE),
        primary=True,
        note=N_("主办单位将收到工单并开始计时"),
    ),
    Verb(
        "resolve_at_once",
        "当场办结",
        "Close in the first call",
        (_INTAKE, _LEADER),
        (Ask("reply", "text", N_("当场答复内容")),),
        note=N_("咨询当场答复，工单直接结案，计入首呼解决"),
    ),
    *without_unit.VERBS,
    Verb(
        "merge",
        "并单",
        "Merge",
        (_INTAKE, _DISPATCH, _LEADER),
        (Ask("into", "case", N_("并入工单编号")), asks.NOTE),
        dangerous=True,
        note=N_("本单随主单办理，来电人仍会得到回访"),
    ),
    Verb(
        "void", "作废", "Void", (_LEADER,), (asks.REASON,), dangerous=True, note=N_("工单就此终止，不再办理")
    ),
    Verb(
        "coordinate",
        "协调定责",
        "Coordinate",
        (_LEADER,),
        (asks.LEAD, asks.HELPERS, asks.REASON),
        primary=True,
        note=N_("区级协调指定主办单位，不得再退单"),
    ),
    Verb(
        "recall",
        "撤回重派",
        "Recall",
        (_DISPATCH, _LEADER),
        (asks.REASON,),
        note=N_("从承办单位撤回，重新派遣"),
    ),
    Verb(
        "sign",
        "签收",
        "Sign",
        (_UNIT,),
        (asks.NOTE,),
        primary=True,
        note=N_("确认由本单位承办，接着先行联系市民"),
    ),
    Verb(
        "send_back",
        "退单",
        "Send back",
        (_UNIT,),
        (asks.REASON, asks.SUGGESTED),
        note=N_("退回派遣席重新定责；再次退单将进入区级协调"),
    ),
    Verb(
        "contact",
        "先行联系",
        "First contact",
        (_UNIT, _HANDLER),
        (
            Ask("reached", "choice", N_("联系结果"), choices=Reached),
            Ask(
                "contacted_at",
                "moment",
                N_("联系时间"),
                required_when=("reached", (Reached.YES.value,)),
                required=False,
            ),
            Ask(
                "why_not",
                "text",
                N_("未联系原因"),
                required=False,
                required_when=("reached", (Reached.NO.value, Reached.NOT_NEEDED.value)),
            ),
            Ask("visited", "flag", N_("已现场查看"), required=False),
            asks.NOTE,
        ),
        primary=True,
        note=N_("记录与市民的首次联系，工单进入办理"),
    ),
    Verb(
        "assign_handler",
        "指派处置人员",
        "Assign a handler",
        (_UNIT,),
        (Ask("handler", "person", N_("处置人员")), asks.NOTE),
        note=N_("处置人员将在工作台看到本单"),
    ),
    Verb(
        "add_helper",
        "加派协办",
        "Add a helper",
        (_DISPATCH, _LEADER, _UNIT),
        (Ask("helper", "unit", N_("协办单位")), Ask("task", "text", N_("协办事项"))),
        note=N_("协办单位收到子任务，各自反馈"),
    ),
    Verb(
        "help_report",
        "协办反馈",
        "Report as helper",
        (_HELPER,),
        (Ask("report", "text", N_("协办情况")),),
        note=N_("子任务完成，主办单位可据此答复"),
    ),
    Verb(
        "help_decline",
        "协办退回",
        "Decline to help",
        (_HELPER,),
        (asks.REASON,),
        note=N_("子任务退回主办单位"),
    ),
    Verb(
        "report_interim",
        "中途汇报",
        "Report progress",
        (_UNIT, _HANDLER),
        (asks.INTERIM,),
        note=N_("进展写入时间线，时限不变"),
    ),
    Verb(
        "ask_extension",
        "申请延期",
        "Ask for an extension",
        (_UNIT,),
        (asks.NEW_TIME, asks.REASON),
        note=N_("须在到期前提出，由值班长审批"),
    ),
    Verb(
        "decide_extension",
        "审批延期",
        "Decide on the extension",
        (_LEADER,),
        (asks.DECISION, asks.DECISION_REASON),
    ),
    Verb(
        "ask_suspension",
        "申请挂起",
        "Ask for suspension",
        (_UNIT,),
        (asks.UNTIL, asks.REASON),
        note=N_("批准后计时暂停，到期自动恢复"),
    ),
    Verb(
        "decide_suspension",
        "审批挂起",
        "Decide on the suspension",
        (_LEADER,),
        (asks.DECISION, asks.DECISION_REASON),
    ),
    Verb(
        "resume",
        "恢复办理",
        "Resume",
        (_UNIT, _LEADER),
        (asks.NOTE,),
        primary=True,
        note=N_("计时从剩余时间继续"),
    ),
    Verb("answer", "提交答复", "Answer", (_UNIT,), REPLY, primary=True, note=N_("送区热线审核")),
    Verb(
        "pass_audit",
        "审核通过",
        "Pass the audit",
        (_LEADER, _DISPATCH),
        (callback.CHECKED, asks.OPINION),
        primary=True,
        note=N_("进入回访"),
    ),
    Verb(
        "fail_audit",
        "审核退回",
        "Fail the audit",
        (_LEADER, _DISPATCH),
        (callback.GROUNDS, callback.AUDIT_REASON),
        note=N_("退回承办单位返工，原时限继续"),
    ),
    Verb(
        "try_call",
        "未接通登记",
        "Note an unanswered call",
        (_CALLBACK,),
        callback.TRY,
        note=N_("记一次未接通；同一半天内再拨不另计次数"),
    ),
    Verb(
        "call_back",
        "登记回访",
        "Call back",
        (_CALLBACK,),
        callback.CALL_BACK,
        primary=True,
        note=N_("满意可结案，不满意可重办"),
    ),
    Verb(
        "spare_callback",
        "免于回访",
        "Spare the callback",
        (_LEADER,),
        (asks.REASON,),
        note=N_("未抽中回访样本的工单不再拨打，不计入满意率"),
    ),
    Verb(
        "rehandle",
        "重办",
        "Handle again",
        (_CALLBACK, _LEADER),
        (asks.REASON,),
        note=N_("承办单位重办，由主要负责人牵头，时限另计"),
    ),
    Verb(
        "close",
        "结案",
        "Close",
        (_CALLBACK, _LEADER),
        (asks.OPINION,),
        primary=True,
        note=N_("闭环完成，记录归档"),
    ),
    Verb(
        "correct",
        "更正登记",
        "Correct the record",
        (_INTAKE, _LEADER, _DISPATCH),
        (
            Ask("title", "line", N_("标题"), most=100),
            Ask("description", "text", N_("诉求内容")),
            Ask("appeal_type", "line", N_("诉求类型"), most=20),
            Ask("catalogue", "item", N_("诉求分类"), required=False),
            Ask("address", "line", N_("地址"), required=False, most=200),
            asks.REASON,
        ),
        note=N_("原内容保留在时间线中"),
    ),
    Verb(
        "set_city_deadline",
        "改市平台时限",
        "Set the city deadline",
        (_LEADER, _DISPATCH),
        (Ask("until", "moment", N_("市平台时限"), hint=N_("以市平台的通知为准")), asks.REASON),
        note=N_("承办单位的时限不变，两个时限中近的一个排在列表里"),
    ),
    Verb(
        "note",
        "备注",
        "Note",
        (_INTAKE, _LEADER, _DISPATCH, _CALLBACK, _UNIT, _HELPER, _HANDLER, Who(Post.SUPERVISION)),
        (Ask("note", "text", N_("备注内容")),),
    ),
)

STEPS = (
    *steps((S.REGISTERED, S.SENT_BACK), "dispatch", S.DISPATCHED),
    *steps(S.REGISTERED, "resolve_at_once", S.CLOSED),
    *steps(_BEFORE_DISPATCH, "explain", S.CLOSED),
    *steps(_BEFORE_DISPATCH, "hand_over", when="something remains"),
    *steps(_BEFORE_DISPATCH, "hand_over", S.CLOSED),
    *steps((*_BEFORE_DISPATCH, S.DISPATCHED, S.SIGNED), "merge", S.MERGED),
    *steps((*_BEFORE_DISPATCH, S.DISPATCHED), "void", S.VOID),
    *steps(S.COORDINATION, "coordinate", S.DISPATCHED),
    *steps((S.DISPATCHED, S.SIGNED, S.IN_HAND), "recall", S.SENT_BACK),
    *steps(S.DISPATCHED, "sign", S.SIGNED),
    *steps((S.DISPATCHED, S.SIGNED), "send_back", S.COORDINATION, when="sent back before"),
    *steps((S.DISPATCHED, S.SIGNED), "send_back", S.SENT_BACK),
    *steps(S.SIGNED, "contact", S.IN_HAND),
    *steps((S.SIGNED, S.IN_HAND, S.REHANDLING), "assign_handler"),
    *steps(_WITH_UNIT, "add_helper"),
    *steps(_WITH_UNIT, "help_report"),
    *steps(_WITH_UNIT, "help_decline"),
    *steps((S.IN_HAND, S.REHANDLING), "report_interim"),
    *steps((S.SIGNED, S.IN_HAND, S.REHANDLING), "ask_extension"),
    *steps((S.SIGNED, S.IN_HAND, S.REHANDLING), "decide_extension"),
    *steps(S.IN_HAND, "ask_suspension"),
    *steps(S.IN_HAND, "decide_suspension", S.SUSPENDED, when="decision is to grant"),
    *steps(S.IN_HAND, "decide_suspension"),
    *steps(S.SUSPENDED, "resume", S.IN_HAND),
    *steps((S.IN_HAND, S.REHANDLING), "answer", S.ANSWERED),
    *steps(S.ANSWERED, "pass_audit", S.AUDITED),
    *steps(S.ANSWERED, "fail_audit", S.REHANDLING, when="handled again"),
    *steps(S.ANSWERED, "fail_audit", S.IN_HAND),
    *steps(S.AUDITED, "try_call"),
    *steps(S.AUDITED, "call_back", S.CALLED_BACK),
    *steps(S.AUDITED, "spare_callback", S.CALLED_BACK),
    *steps((S.CALLED_BACK, S.CLOSED), "rehandle", S.REHANDLING),
    *steps(S.CALLED_BACK, "close", S.CLOSED),
    *steps(_OPEN, "correct"),
    *steps(_OPEN, "set_city_deadline"),
    *steps(tuple(S), "note"),
)

TIMERS = (
    Timer("dispatch", "派遣", "Dispatch", frozenset({S.REGISTERED, S.SENT_BACK})),
    Timer("coordinate", "区级协调", "Coordination", frozenset({S.COORDINATION})),
    Timer(
        "sign", "签收", "Signing", frozenset({S.DISPATCHED}), renewed_by=frozenset({"dispatch", "coordinate"})
    ),
    Timer(
        "contact",
        "先行联系",
        "First contact",
        frozenset({S.DISPATCHED, S.SIGNED}),
        renewed_by=frozenset({"dispatch", "coordinate"}),
    ),
    # The unit is not charged for the time its answer lies with the auditors: the clock pauses there and
    # goes on with what was left if the answer is sent back for rework.
    Timer(
        "disposal",
        "办理",
        "Handling",
        frozenset({S.DISPATCHED, S.SIGNED, S.IN_HAND}),
        pauses_in=frozenset({S.SUSPENDED, S.ANSWERED}),
        renewed_by=frozenset({"dispatch", "coordinate"}),
    ),
    Timer("suspension", "挂起期", "Suspension", frozenset({S.SUSPENDED})),
    Timer("audit", "审核", "Audit", frozenset({S.ANSWERED})),
    Timer("callback", "回访", "Callback", frozenset({S.AUDITED})),
    Timer("close", "结案", "Closing", frozenset({S.CALLED_BACK})),
    # The city platform's own deadline for an order it sent down; it stands for nothing but itself, never pauses,
    # and is met by closing.
    Timer("city", "市平台时限", "City deadline", frozenset(_OPEN), given=True),
    Timer("rehandle", "重办", "Re-handling", frozenset({S.REHANDLING}), pauses_in=frozenset({S.ANSWERED})),
)

HOTLINE = Loop(
    name="hotline",
    label="热线工单",
    en="Hotline order",
    states=HotlineState,
    starts=(S.REGISTERED,),
    ends=frozenset({S.CLOSED, S.MERGED, S.VOID}),
    verbs=VERBS,
    steps=STEPS,
    timers=TIMERS,
    conditions=frozenset({"something remains", "sent back before", "decision is to grant", "handled again"}),
    unjudged=frozenset({"send_back", "recall", "merge", "void"}),
)

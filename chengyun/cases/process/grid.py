"""The process of a grid case (部件, 事项). Return and clock rules follow one published specification [B]."""

from __future__ import annotations

from chengyun.cases.process import asks
from chengyun.cases.process.kinds import Presence
from chengyun.kernel.labelled import Labelled
from chengyun.kernel.loop import Ask, Loop, Scope, Timer, Verb, Who, steps
from chengyun.kernel.words import N_
from chengyun.organisation.posts import Post


class GridState(Labelled):
    """Where a grid case stands. ``verifying`` is before filing, ``checking`` after disposal."""

    REPORTED = "reported", "待立案", "Reported"
    VERIFYING = "verifying", "核实中", "Being verified"
    SELF_HANDLED = "self_handled", "自处理待复核", "Handled on the spot"
    FILED = "filed", "待派遣", "Filed"
    DISPATCHED = "dispatched", "待处置", "Dispatched"
    SENT_BACK = "sent_back", "已退单", "Sent back", "due-soon"
    SUSPENDED = "suspended", "已挂账", "Suspended", "stopped"
    DISPOSED = "disposed", "待核查", "Disposed"
    CHECKING = "checking", "核查中", "Being checked"
    CHECKED = "checked", "待结案", "Checked"
    CLOSED = "closed", "已结案", "Closed", "good"
    REFUSED = "refused", "不予立案", "Refused", "stopped"
    MERGED = "merged", "已并案", "Merged", "stopped"
    VOID = "void", "已作废", "Void", "stopped"


S = GridState
_INTAKE, _LEADER, _DISPATCH = Who(Post.INTAKE), Who(Post.SHIFT_LEADER), Who(Post.DISPATCHER)
_UNIT, _HELPER = Who(Post.UNIT, Scope.LEAD), Who(Post.UNIT, Scope.HELPER)
_HANDLER, _INSPECTOR = Who(Post.HANDLER, Scope.TASKED), Who(Post.INSPECTOR, Scope.TASKED)
_OPEN = tuple(state for state in S if state not in {S.CLOSED, S.REFUSED, S.MERGED, S.VOID})
_CRITERION = Ask("criterion", "criterion", N_("标准"), hint=N_("从本小类的标准中选一条"))
_TASKED = Ask("inspector", "person", N_("监督员"), hint=N_("默认给责任网格的监督员"))

VERBS = (
    Verb(
        "order_verification",
        "派发核实",
        "Order verification",
        (_INTAKE, _LEADER),
        (_TASKED, asks.NOTE),
        note=N_("监督员到现场看问题是否存在，受理计时暂停"),
    ),
    Verb(
        "verify",
        "反馈核实",
        "Report the verification",
        (_INSPECTOR,),
        (Ask("presence", "choice", N_("核实结果"), choices=Presence), Ask("note", "text", N_("现场情况"))),
        primary=True,
        note=N_("回到受理席决定是否立案"),
    ),
    Verb(
        "file",
        "立案",
        "File",
        (_LEADER,),
        (_CRITERION, asks.OPINION),
        primary=True,
        note=N_("案件成立，交派遣席"),
    ),
    Verb(
        "refuse",
        "不予立案",
        "Refuse",
        (_LEADER,),
        (_CRITERION, asks.REASON),
        dangerous=True,
        note=N_("上报人会看到理由"),
    ),
    Verb(
        "merge",
        "并案",
        "Merge",
        (_INTAKE, _DISPATCH, _LEADER),
        (Ask("into", "case", N_("并入案件编号")), asks.NOTE),
        dangerous=True,
        note=N_("本案随主案办理"),
    ),
    Verb("void", "作废", "Void", (_LEADER,), (asks.REASON,), dangerous=True, note=N_("案件就此终止")),
    Verb(
        "confirm_self_handling",
        "复核通过",
        "Confirm",
        (_INTAKE, _LEADER),
        (asks.OPINION,),
        primary=True,
        note=N_("自处理属实，直接结案"),
    ),
    Verb(
        "reject_self_handling",
        "复核不通过",
        "Reject",
        (_INTAKE, _LEADER),
        (asks.REASON,),
        note=N_("转为普通上报，按流程立案"),
    ),
    Verb(
        "dispatch",
        "派遣",
        "Dispatch",
        (_DISPATCH,),
        (asks.LEAD, asks.HELPERS, asks.NOTE),
        primary=True,
        note=N_("处置单位收到案件并开始计时"),
    ),
    Verb(
        "return_to_intake",
        "退回受理",
        "Return to intake",
        (_DISPATCH,),
        (asks.REASON,),
        note=N_("不属本区职责或立案有误，回到受理席"),
    ),
    Verb(
        "send_back",
        "退单",
        "Send back",
        (_UNIT,),
        (asks.REASON, asks.SUGGESTED),
        note=N_("未开始处置方可退单，回到派遣席"),
    ),
    Verb(
        "assign_handler",
        "指派处置人员",
        "Assign a handler",
        (_UNIT,),
        (Ask("handler", "person", N_("处置人员")), asks.NOTE),
        note=N_("处置人员将在工作台看到本案"),
    ),
    Verb("revoke_handler", "撤回指派", "Revoke the handler", (_UNIT,), (asks.REASON,)),
    Verb(
        "add_helper",
        "加派协办",
        "Add a helper",
        (_DISPATCH, _UNIT),
        (Ask("helper", "unit", N_("协办单位")), Ask("task", "text", N_("协办事项"))),
    ),
    Verb("help_report", "协办反馈", "Report as helper", (_HELPER,), (Ask("report", "text", N_("协办情况")),)),
    Verb("help_decline", "协办退回", "Decline to help", (_HELPER,), (asks.REASON,)),
    Verb("report_interim", "进展反馈", "Report progress", (_UNIT, _HANDLER), (asks.INTERIM,)),
    Verb(
        "ask_extension",
        "申请延期",
        "Ask for an extension",
        (_UNIT,),
        (asks.NEW_TIME, asks.REASON),
        note=N_("须在到期前提出，由派遣席审批"),
    ),
    Verb(
        "decide_extension",
        "审批延期",
        "Decide on the extension",
        (_DISPATCH, _LEADER),
        (asks.DECISION, asks.DECISION_REASON),
    ),
    Verb(
        "ask_suspension",
        "申请挂账",
        "Ask for suspension",
        (_UNIT,),
        (asks.UNTIL, asks.REASON),
        note=N_("季节或工程原因暂不能处置，批准后计时暂停"),
    ),
    Verb(
        "decide_suspension",
        "审批挂账",
        "Decide on the suspension",
        (_DISPATCH, _LEADER),
        (asks.DECISION, asks.DECISION_REASON),
    ),
    Verb(
        "resume",
        "恢复处置",
        "Resume",
        (_UNIT, _DISPATCH, _LEADER),
        (asks.NOTE,),
        primary=True,
        note=N_("计时从剩余时间继续"),
    ),
    Verb(
        "dispose",
        "处置完成",
        "Report disposal",
        (_UNIT, _HANDLER),
        (Ask("result", "text", N_("处置情况")),),
        primary=True,
        note=N_("附上处置后照片，等待核查"),
    ),
    Verb(
        "order_check",
        "派发核查",
        "Order a check",
        (_INTAKE, _DISPATCH, _LEADER),
        (_TASKED, asks.NOTE),
        primary=True,
        note=N_("监督员到现场看是否处置到位"),
    ),
    Verb(
        "pass_check",
        "核查通过",
        "Pass the check",
        (_INSPECTOR,),
        (Ask("note", "text", N_("现场情况")),),
        primary=True,
    ),
    Verb(
        "fail_check",
        "核查不通过",
        "Fail the check",
        (_INSPECTOR,),
        (Ask("reason", "text", N_("不通过原因")),),
        note=N_("退回同一单位返工，原时限继续"),
    ),
    Verb(
        "rework",
        "返工",
        "Send for rework",
        (_DISPATCH, _LEADER),
        (asks.REASON,),
        note=N_("退回同一单位返工，原时限继续"),
    ),
    Verb(
        "close",
        "结案",
        "Close",
        (_LEADER,),
        (_CRITERION, asks.OPINION),
        primary=True,
        note=N_("闭环完成，记录归档"),
    ),
    Verb(
        "reopen",
        "结案回退",
        "Reopen",
        (_LEADER,),
        (asks.REASON,),
        dangerous=True,
        note=N_("退回处置单位，按返工计"),
    ),
    Verb(
        "ask_excuse",
        "超时申诉",
        "Appeal an overrun",
        (_UNIT,),
        (asks.REASON,),
        note=N_("每案一次；即使同意，超时的事实和时长仍可见"),
    ),
    Verb(
        "decide_excuse",
        "审批申诉",
        "Decide on the appeal",
        (_DISPATCH, _LEADER),
        (asks.DECISION, asks.DECISION_REASON),
    ),
    Verb(
        "correct",
        "更正登记",
        "Correct the record",
        (_INTAKE, _LEADER),
        (
            Ask("title", "line", N_("标题"), most=100),
            Ask("description", "text", N_("问题描述")),
            Ask("catalogue", "item", N_("案件类别"), required=False),
            Ask("address", "line", N_("地址"), required=False, most=200),
            asks.REASON,
        ),
    ),
    Verb(
        "note",
        "备注",
        "Note",
        (_INTAKE, _LEADER, _DISPATCH, _UNIT, _HELPER, _HANDLER, _INSPECTOR, Who(Post.SUPERVISION)),
        (Ask("note", "text", N_("备注内容")),),
    ),
)

STEPS = (
    *steps(S.REPORTED, "order_verification", S.VERIFYING),
    *steps(S.VERIFYING, "verify", S.REPORTED),
    *steps(S.REPORTED, "file", S.FILED),
    *steps(S.REPORTED, "refuse", S.REFUSED),
    *steps((S.REPORTED, S.FILED, S.DISPATCHED, S.SENT_BACK), "merge", S.MERGED),
    *steps((S.REPORTED, S.FILED, S.SENT_BACK, S.SELF_HANDLED), "void", S.VOID),
    *steps(S.SELF_HANDLED, "confirm_self_handling", S.CLOSED),
    *steps(S.SELF_HANDLED, "reject_self_handling", S.REPORTED),
    *steps((S.FILED, S.SENT_BACK), "dispatch", S.DISPATCHED),
    *steps((S.FILED, S.SENT_BACK), "return_to_intake", S.REPORTED),
    *steps(S.DISPATCHED, "send_back", S.SENT_BACK),
    *steps(S.DISPATCHED, "assign_handler"),
    *steps(S.DISPATCHED, "revoke_handler"),
    *steps(S.DISPATCHED, "add_helper"),
    *steps(S.DISPATCHED, "help_report"),
    *steps(S.DISPATCHED, "help_decline"),
    *steps(S.DISPATCHED, "report_interim"),
    *steps(S.DISPATCHED, "ask_extension"),
    *steps(S.DISPATCHED, "decide_extension"),
    *steps(S.DISPATCHED, "ask_suspension"),
    *steps(S.DISPATCHED, "decide_suspension", S.SUSPENDED, when="decision is to grant"),
    *steps(S.DISPATCHED, "decide_suspension"),
    *steps(S.SUSPENDED, "resume", S.DISPATCHED),
    *steps(S.DISPATCHED, "dispose", S.DISPOSED),
    *steps(S.DISPOSED, "order_check", S.CHECKING),
    *steps(S.CHECKING, "pass_check", S.CHECKED),
    *steps(S.CHECKING, "fail_check", S.DISPATCHED),
    *steps((S.DISPOSED, S.CHECKED), "rework", S.DISPATCHED),
    *steps(S.CHECKED, "close", S.CLOSED),
    *steps(S.CLOSED, "reopen", S.DISPATCHED),
    *steps(S.CLOSED, "ask_excuse"),
    *steps(S.CLOSED, "decide_excuse"),
    *steps(_OPEN, "correct"),
    *steps(tuple(S), "note"),
)

TIMERS = (
    Timer("file", "受理立案", "Filing", frozenset({S.REPORTED}), pauses_in=frozenset({S.VERIFYING})),
    Timer("verify", "核实", "Verification", frozenset({S.VERIFYING})),
    Timer("review", "自处理复核", "Review", frozenset({S.SELF_HANDLED})),
    Timer("dispatch", "派遣", "Dispatch", frozenset({S.FILED, S.SENT_BACK})),
    # A check that fails sends the case back to the same unit on the same clock; while it is being checked
    # the clock pauses, so that a late check is not charged to the unit.
    Timer(
        "disposal",
        "处置",
        "Disposal",
        frozenset({S.DISPATCHED}),
        pauses_in=frozenset({S.SENT_BACK, S.SUSPENDED, S.DISPOSED, S.CHECKING, S.CHECKED}),
        renewed_by=frozenset({"dispatch"}),
    ),
    Timer("suspension", "挂账期", "Suspension", frozenset({S.SUSPENDED})),
    Timer("order_check", "派发核查", "Ordering the check", frozenset({S.DISPOSED})),
    Timer("check", "核查", "Check", frozenset({S.CHECKING})),
    Timer("close", "结案", "Closing", frozenset({S.CHECKED})),
)

GRID = Loop(
    name="grid",
    label="网格案件",
    en="Grid case",
    states=GridState,
    starts=(S.REPORTED, S.SELF_HANDLED),
    ends=frozenset({S.CLOSED, S.REFUSED, S.MERGED, S.VOID}),
    verbs=VERBS,
    steps=STEPS,
    timers=TIMERS,
    conditions=frozenset({"decision is to grant"}),
    unjudged=frozenset({"send_back", "merge", "void"}),
)

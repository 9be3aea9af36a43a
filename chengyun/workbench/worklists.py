"""The work-lists of every post: which cases, near whom, in which order. Pure data; ``queries`` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from chengyun.cases.process import LOOPS, GridState, HotlineState
from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.posts import Post

H, G = HotlineState, GridState


class ListName(Labelled):
    """Names of the work-lists, as they stand in the address."""

    FILE = "file", "待立案", "To file"
    SELF_HANDLED = "self-handled", "自处理待复核", "Self-handled, to review"
    DISPATCH = "dispatch", "待派遣", "To dispatch"
    SENT_BACK = "sent-back", "退单", "Sent back", "due-soon"
    COORDINATION = "coordination", "区级协调", "District coordination", "due-soon"
    REQUESTS = "requests", "待审批", "Requests to decide"
    GRID_REQUESTS = "grid-requests", "待审批（网格）", "Grid requests to decide"
    AUDIT = "audit", "待审核", "To audit"
    CALL_BACK = "call-back", "待回访", "To call back"
    CONCLUDE = "conclude", "回访待结案", "Called back, to close"
    CLOSE = "close", "待结案", "To close"
    ORDER_CHECK = "order-check", "待派发核查", "To order a check"
    SIGN = "sign", "待签收", "To sign"
    CONTACT = "contact", "待先行联系", "First contact due"
    IN_HAND = "in-hand", "办理中", "In hand"
    REHANDLING = "rehandling", "重办", "Re-handling", "due-soon"
    REWORK = "rework", "退回返工", "Returned for rework", "due-soon"
    HELPING = "helping", "协办事项", "Helping"
    UNIT_SUSPENDED = "unit-suspended", "已挂起", "Suspended", "stopped"
    UNIT_NEAR = "unit-near", "即将到期", "Due soon", "due-soon"
    UNIT_OVERDUE = "unit-overdue", "已超时", "Overdue", "overdue"
    HANDLING = "handling", "我处置的", "My work"
    VERIFY = "verify", "核实任务", "To verify"
    CHECK = "check", "核查任务", "To check"
    REPORTED = "reported", "我上报的", "Reported by me"
    NEAR = "near", "全区即将到期", "Due soon in the district", "due-soon"
    OVERDUE = "overdue", "全区已超时", "Overdue in the district", "overdue"
    SUSPENDED = "suspended", "全区挂起挂账", "Suspended in the district", "stopped"


class Near(Enum):
    """Whose cases a list holds."""

    DISTRICT = "district"
    UNITS = "units"  # led by a unit that the reader answers for
    HELPED = "helped"  # with an open sub-task for such a unit
    HANDLER = "handler"  # given to the reader to work on
    INSPECTOR = "inspector"  # the reader was sent there
    REPORTER = "reporter"  # the reader found it
    ASKED = "asked"  # with a request that waits for an answer


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list. ``states``: per kind, in the order of the loop; ``beside``: further column conditions.

    ``due`` is "" (all), ``near`` or ``overdue``; ``bulk`` names verbs that may be taken on many rows at once;
    ``came_back`` marks what was thought done.
    """

    name: ListName
    posts: tuple[Post, ...]
    states: Mapping[str, tuple[str, ...]]
    near: Near = Near.DISTRICT
    due: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)
    bulk: tuple[str, ...] = ()
    came_back: bool = False

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Kind and state of what the list holds."""
        return tuple((kind, str(state)) for kind, states in self.states.items() for state in states)

    @property
    def label(self) -> str:
        """The term in the reader's language."""
        return self.name.label


def open_states(kind: str) -> tuple[str, ...]:
    """The states of a kind that are not an end, in the order of its loop."""
    loop = LOOPS[kind]
    return tuple(str(state) for state in loop.states if state not in loop.ends)


OPEN: dict[str, tuple[str, ...]] = {kind: open_states(kind) for kind in LOOPS}
_WITH_UNIT = {
    "hotline": (H.DISPATCHED, H.SIGNED, H.IN_HAND, H.REHANDLING),
    "grid": (G.DISPATCHED,),
}
_LEADER, _DISPATCHER, _INTAKE = Post.SHIFT_LEADER, Post.DISPATCHER, Post.INTAKE
_WATCHING = (Post.SHIFT_LEADER, Post.SUPERVISION, Post.LEADER, Post.ASSESSOR, Post.DUTY)
_PENDING = {"pending__in": ("extension", "suspension", "excuse")}

# In the order in which a person sees them. The first of one's lists is the day's main work.
WORK_LISTS: tuple[WorkList, ...] = (
    WorkList(ListName.COORDINATION, (_LEADER,), {"hotline": (H.COORDINATION,)}, came_back=True),
    WorkList(ListName.REQUESTS, (_LEADER,), {}, Near.ASKED, beside=_PENDING),
    WorkList(ListName.FILE, (_INTAKE, _LEADER), {"grid": (G.REPORTED,)}),
    WorkList(ListName.SELF_HANDLED, (_INTAKE, _LEADER), {"grid": (G.SELF_HANDLED,)}),
    WorkList(
        ListName.DISPATCH,
        (_DISPATCHER, _LEADER),
        {"hotline": (H.REGISTERED,), "grid": (G.FILED,)},
        bulk=("dispatch",),
    ),
    WorkList(
        ListName.SENT_BACK,
        (_DISPATCHER, _LEADER),
        {"hotline": (H.SENT_BACK,), "grid": (G.SENT_BACK,)},
        bulk=("dispatch",),
        came_back=True,
    ),
    WorkList(ListName.GRID_REQUESTS, (_DISPATCHER,), {}, Near.ASKED, beside={**_PENDING, "kind": "grid"}),
    WorkList(ListName.AUDIT, (_LEADER, _DISPATCHER), {"hotline": (H.ANSWERED,)}),
    WorkList(ListName.ORDER_CHECK, (_INTAKE, _DISPATCHER, _LEADER), {"grid": (G.DISPOSED,)}),
    WorkList(ListName.CLOSE, (_LEADER,), {"hotline": (H.CALLED_BACK,), "grid": (G.CHECKED,)}),
    WorkList(ListName.CALL_BACK, (Post.CALLBACK,), {"hotline": (H.AUDITED,)}),
    WorkList(ListName.CONCLUDE, (Post.CALLBACK,), {"hotline": (H.CALLED_BACK,)}),
    WorkList(ListName.SIGN, (Post.UNIT,), {"hotline": (H.DISPATCHED,)}, Near.UNITS, bulk=("sign",)),
    WorkList(ListName.CONTACT, (Post.UNIT,), {"hotline": (H.SIGNED,)}, Near.UNITS, bulk=("assign_handler",)),
    WorkList(
        ListName.IN_HAND,
        (Post.UNIT,),
        {"hotline": (H.IN_HAND,), "grid": (G.DISPATCHED,)},
        Near.UNITS,
        bulk=("assign_handler",),
    ),
    WorkList(
        ListName.REHANDLING,
        (Post.UNIT,),
        {"hotline": (H.REHANDLING,)},
        Near.UNITS,
        bulk=("assign_handler",),
        came_back=True,
    ),
    WorkList(
        ListName.REWORK,
        (Post.UNIT,),
        {"hotline": (H.IN_HAND,), "grid": (G.DISPATCHED,)},
        Near.UNITS,
        beside={"reworks__gt": 0},
        bulk=("assign_handler",),
        came_back=True,
    ),
    WorkList(ListName.HELPING, (Post.UNIT,), {}, Near.HELPED),
    WorkList(ListName.UNIT_NEAR, (Post.UNIT,), _WITH_UNIT, Near.UNITS, due="near"),
    WorkList(ListName.UNIT_OVERDUE, (Post.UNIT,), _WITH_UNIT, Near.UNITS, due="overdue"),
    WorkList(
        ListName.UNIT_SUSPENDED,
        (Post.UNIT,),
        {"hotline": (H.SUSPENDED,), "grid": (G.SUSPENDED,)},
        Near.UNITS,
    ),
    WorkList(ListName.HANDLING, (Post.HANDLER,), _WITH_UNIT, Near.HANDLER),
    WorkList(ListName.VERIFY, (Post.INSPECTOR,), {"grid": (G.VERIFYING,)}, Near.INSPECTOR),
    WorkList(ListName.CHECK, (Post.INSPECTOR,), {"grid": (G.CHECKING,)}, Near.INSPECTOR),
    WorkList(ListName.REPORTED, (Post.INSPECTOR,), {"grid": OPEN["grid"]}, Near.REPORTER),
    WorkList(ListName.OVERDUE, _WATCHING, OPEN, due="overdue"),
    WorkList(ListName.NEAR, _WATCHING, OPEN, due="near"),
    WorkList(
        ListName.SUSPENDED,
        (_LEADER, Post.SUPERVISION),
        {"hotline": (H.SUSPENDED,), "grid": (G.SUSPENDED,)},
    ),
)
BY_NAME: dict[str, WorkList] = {str(one.name): one for one in WORK_LISTS}


def lists_of(actor: Actor) -> tuple[WorkList, ...]:
    """The lists that this person's posts lead to, in order."""
    return tuple(one for one in WORK_LISTS if not actor.system and actor.holds(*one.posts))

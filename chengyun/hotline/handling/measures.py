"""What this part measures of itself: first contact, handling in time, what citizens said. Orders behind each figure.

Where a period has real orders, only they count; one with nothing but rehearsal orders is measured by those, and its
data version says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from chengyun.cases.models import Case, CaseClock, CaseEvent
from chengyun.cases.process import HotlineState, Kind
from chengyun.hotline.handling.figures import Figure, Period, rate_of
from chengyun.hotline.models import Rating
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.measures import REHEARSAL, Measure, Measured, MeasureUnit, measure, offer

FIRST_CONTACT = ("contact",)
HANDLING = ("disposal", "rehandle")
_MET = "met"
_OLDEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Parts:
    """Both sides of a figure as orders, and how the figure counts them where that is not one each."""

    above: QuerySet[Case]
    below: QuerySet[Case]
    numerator: Decimal | None = None
    due: int | None = None  # what coverage is measured against; all below if None


def _orders(begin: datetime, end: datetime, column: str, actor: Actor) -> tuple[QuerySet[Case], bool]:
    """Hotline orders of a period by one of their moments; the second tells whether they are rehearsal."""
    rows = Case.objects.seen_by(actor).filter(
        kind=Kind.HOTLINE, **{f"{column}__gte": begin, f"{column}__lt": end}
    )
    rehearsal = not rows.filter(rehearsal=False).exists()
    return rows.filter(rehearsal=rehearsal), rehearsal


def in_time(stages: tuple[str, ...], begin: datetime, end: datetime, actor: Actor) -> tuple[Parts, bool]:
    """Orders whose clocks of these stages fell due in the period: all of them kept, and all.

    Clocks that were withdrawn do not count, nor orders whose overrun was excused; a clock still running past its
    end counts as not kept. The deadline is the one in force, extensions included. Orders older than two years are
    not looked at, so that a year's figure does not read all orders there ever were.
    """
    clocks = CaseClock.objects.filter(stage__in=stages, due_at__gte=begin, due_at__lt=end)
    mine = clocks.filter(case=OuterRef("pk")).exclude(result="withdrawn")
    due = Case.objects.seen_by(actor).filter(
        Exists(mine), kind=Kind.HOTLINE, excused=False, registered_at__lt=end
    )
    due = due.exclude(state__in=(HotlineState.VOID, HotlineState.MERGED))
    rehearsal = not due.filter(rehearsal=False).exists()
    below = due.filter(rehearsal=rehearsal)
    return Parts(below.exclude(Exists(mine.exclude(result=_MET))), below), rehearsal


def _rate(figure: Figure, begin: datetime, end: datetime, actor: Actor) -> tuple[Parts, bool]:
    closed, rehearsal = _orders(begin, end, "closed_at", actor)
    rate = rate_of(figure, Period(begin, end), actor=actor, narrowed=Q(rehearsal=rehearsal))
    due = closed.filter(state=HotlineState.CLOSED, wants_reply=True).count()
    return Parts(rate.above, rate.below, rate.numerator, max(due, rate.denominator)), rehearsal


def _closed(begin: datetime, end: datetime, actor: Actor) -> tuple[Parts, bool]:
    rows, rehearsal = _orders(begin, end, "closed_at", actor)
    done = rows.filter(state=HotlineState.CLOSED)
    return Parts(done, done), rehearsal


PARTS: dict[str, Callable[[datetime, datetime, Actor], tuple[Parts, bool]]] = {
    "hotline.first_contact_in_time": lambda begin, end, actor: in_time(FIRST_CONTACT, begin, end, actor),
    "hotline.on_time": lambda begin, end, actor: in_time(HANDLING, begin, end, actor),
    "hotline.first_contact": lambda begin, end, actor: _rate(Figure.FIRST_CONTACT, begin, end, actor),
    "hotline.solved": lambda begin, end, actor: _rate(Figure.SOLVED, begin, end, actor),
    "hotline.satisfaction": lambda begin, end, actor: _rate(Figure.SATISFACTION, begin, end, actor),
    "hotline.closed": _closed,
}


def orders_behind(name: str, begin: datetime, end: datetime, *, actor: Actor) -> Parts:
    """The orders above and below the line that this person may see. Raises ``KeyError`` for another name."""
    return PARTS[name](begin, end, actor)[0]


def measured(name: str, begin: datetime, end: datetime, *, count: bool = False) -> Measured:
    """The figure of a period, over the whole district."""
    parts, rehearsal = PARTS[name](begin, end, SYSTEM)
    below = parts.below.count()
    above = Decimal(parts.above.count()) if parts.numerator is None else parts.numerator
    due = below if parts.due is None else parts.due
    coverage = Decimal(below) / due if due else None
    version = version_of(parts.below, rehearsal=rehearsal)
    rows = rows_address(name, begin, end)
    return Measured(above, None if count else Decimal(below), coverage, version, rows)


def version_of(orders: QuerySet[Case], *, rehearsal: bool) -> str:
    """The last event of these orders and the last rating given to one; extensions and results are events, too."""
    known = orders.order_by().values("pk")
    event = CaseEvent.objects.filter(case__in=known).aggregate(last=Max("pk"))["last"]
    if event is None:
        return "case-event:0"
    rating = Rating.objects.filter(case__in=known).aggregate(last=Max("pk"))["last"] or 0
    return f"{REHEARSAL if rehearsal else ''}case-event:{event},rating:{rating}"


def rows_address(name: str, begin: datetime, end: datetime) -> str:
    """The page that lists the orders."""
    said = urlencode({"begin": begin.isoformat(), "end": end.isoformat()})
    return f"{reverse('hotline:measured', args=[name])}?{said}"


_OFFERED = (
    ("hotline.first_contact_in_time", "先行联系及时率", "First contact in time",
     _("先行联系时限在期内到期的工单中，按时联系的件数 ÷ 全部件数；到期未办的计为未按时，作废、并单和准予免责的不计")),
    ("hotline.on_time", "按时办结率", "Handled in time",
     _("办理（含重办）时限在期内到期的工单中，各次均按时的件数 ÷ 全部件数；"
     "按延期后的时限计，到期未办的计为未按时，作废、并单和准予免责的不计")),
    ("hotline.first_contact", "先行联系率", "First-contact rate",
     _("期内结案的工单中，已先行联系 ÷（已联系 + 未联系）；无需联系的不计")),
    ("hotline.solved", "实际解决率", "Solved rate",
     _("期内结案且回访到市民的工单中，实际解决 ÷（实际解决 + 解释说明 + 未解决）")),
    ("hotline.satisfaction", "市民满意率", "Satisfaction at callback",
     _("期内结案且回访到市民的工单：各满意度等级的件数 × 该等级权重之和 ÷ 全部件数；权重见审核和回访参数")),
)  # fmt: skip


def offer_measures() -> None:
    """Called when the room is ready."""
    for name, label, english, formula in _OFFERED:
        offer(Measure(name, label, english, formula, MeasureUnit.PERCENT, _computing(name)))
    offer(
        Measure(
            "hotline.closed",
            "办结热线工单",
            "Hotline orders closed",
            _("期内结案的热线工单件数"),
            MeasureUnit.COUNT,
            lambda begin, end: measured("hotline.closed", begin, end, count=True),
        )
    )


def _computing(name: str) -> Callable[[datetime, datetime], Measured]:
    return lambda begin, end: measured(name, begin, end)


def known(name: str) -> Measure | None:
    """The offered measure, if its orders can be listed here."""
    return measure(name) if name in PARTS else None

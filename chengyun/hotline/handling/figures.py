"""Named rates of a period, each with the orders above and below the line. Formulas: those of a Shanghai town.

Results count by the day of closing. The source is secondary; the weights are dated rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case as When
from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models import When as If
from django.db.models.fields.json import KeyTextTransform

from chengyun.cases.models import Case, CaseClock, CaseEvent
from chengyun.cases.process import HotlineState
from chengyun.cases.process.kinds import GRADES, Outcome, Reached
from chengyun.hotline.handling.rows import rows_on
from chengyun.hotline.handling.words import CityList, Contacted, RowKind
from chengyun.hotline.models import CallbackDraw, CityResult, Rating
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.labelled import Labelled
from chengyun.worktime.vocabulary import Stage


class Figure(Labelled):
    """Rates that come of answers and callbacks."""

    FIRST_CONTACT = "first_contact", "先行联系率", "First-contact rate"
    CONTACT_ON_TIME = "contact_on_time", "及时先行联系率", "First contact in time"
    ON_TIME = "on_time", "按时办结率", "Handled in time"
    SOLVED = "solved", "实际解决率", "Solved rate"
    SATISFACTION = "satisfaction", "市民满意率", "Satisfaction rate"
    CALLED_BACK = "called_back", "回访率", "Callback rate"
    REHANDLED = "rehandled", "重办率", "Re-handling rate"


class Side(Labelled):
    """Whose callback the rate is made of."""

    DISTRICT = "district", "区回访", "District"
    CITY = "city", "市回访", "City"


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment to before another, both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what it is made of. ``numerator`` is a sum of weights for satisfaction, else a count.

    ``above`` and ``below`` are the orders themselves, for whoever opens the figure.
    """

    figure: Figure
    side: Side
    numerator: Decimal
    denominator: int
    above: QuerySet[Case]
    below: QuerySet[Case]
    weights: tuple[tuple[str, Decimal], ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The rate, 0 to 1 with four places; None if nothing is below the line."""
        if not self.denominator:
            return None
        return (self.numerator / self.denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def rate_of(
    figure: Figure,
    period: Period,
    *,
    actor: Actor,
    side: Side = Side.DISTRICT,
    narrowed: Q | None = None,
) -> Rate:
    """One rate of the orders closed in a period that this person may see, narrowed by columns of ``Case``."""
    seen = Case.objects.seen_by(actor).filter(
        kind="hotline", state=HotlineState.CLOSED, closed_at__gte=period.start, closed_at__lt=period.end
    )
    orders = seen.filter(narrowed) if narrowed is not None else seen
    return _RATES[figure](orders, Side(side), local(period.end).date())


def rates_of(
    period: Period, *, actor: Actor, side: Side = Side.DISTRICT, narrowed: Q | None = None
) -> list[Rate]:
    """All of them."""
    return [rate_of(figure, period, actor=actor, side=side, narrowed=narrowed) for figure in Figure]


def weights_on(day: date) -> dict[str, Decimal]:
    """What each grade counts for on a day, 0 to 1; a grade without a row counts nothing."""
    rows = rows_on(RowKind.WEIGHT, day)
    found = {row.name: row.value for row in rows if row.value is not None}
    return {str(grade): found.get(str(grade), Decimal(0)) for grade in GRADES}


def _city(column: str) -> Subquery:
    """The city's latest word in one column, for each order."""
    rows = CityResult.objects.filter(case_id=OuterRef("pk")).exclude(**{column: ""}).order_by("-id")
    return Subquery(rows.values(column)[:1])


def _counted(figure: Figure, side: Side, above: QuerySet[Case], below: QuerySet[Case]) -> Rate:
    return Rate(figure, side, Decimal(above.count()), below.count(), above, below)


def _first_contact(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Yes over yes and no; what is not appraised is left out."""
    if side == Side.CITY:
        orders = orders.annotate(_contacted=_city("contacted"))
        yes, no = Contacted.YES.value, Contacted.NO.value
    else:
        events = CaseEvent.objects.filter(case_id=OuterRef("pk"), verb="contact").order_by("-seq")
        orders = orders.annotate(
            _contacted=Subquery(events.values(reached=KeyTextTransform("reached", "said"))[:1])
        )
        yes, no = Reached.YES.value, Reached.NO.value
    below = orders.filter(_contacted__in=(yes, no))
    return _counted(Figure.FIRST_CONTACT, side, below.filter(_contacted=yes), below)


def _contact_on_time(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """No clock of the first contact missed, over orders that had one. The city keeps no clocks of ours."""
    return _in_time(Figure.CONTACT_ON_TIME, orders, side, (Stage.CONTACT,))


def _on_time(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Neither handled nor handled again too late, over orders that a unit handled."""
    return _in_time(Figure.ON_TIME, orders, side, (Stage.DISPOSAL, Stage.REHANDLE))


def _in_time(figure: Figure, orders: QuerySet[Case], side: Side, stages: tuple[Stage, ...]) -> Rate:
    """By the clocks, extensions counted in. An order whose overrun was excused counts on neither side."""
    ended = CaseClock.objects.filter(case_id=OuterRef("pk"), stage__in=stages, result__in=("met", "missed"))
    below = orders.filter(Exists(ended), excused=False)
    return _counted(figure, side, below.filter(~Exists(ended.filter(result="missed"))), below)


def _solved(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Solved over solved, explained and unsolved, of orders whose citizen was reached.

    The town's formula knows no "unsolved"; left out of the denominator it would flatter.
    """
    column = "outcome"
    if side == Side.CITY:
        orders, column = orders.annotate(_solved=_city("outcome")), "_solved"
    else:
        orders = orders.filter(satisfaction__in=[str(one) for one in GRADES])
    below = orders.filter(**{f"{column}__in": [str(one) for one in Outcome]})
    return _counted(Figure.SOLVED, side, below.filter(**{column: Outcome.SOLVED}), below)


def _satisfaction(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Weighted grades over all grades; who was not reached is left out."""
    column = "satisfaction"
    if side == Side.CITY:
        orders, column = orders.annotate(_grade=_city("satisfaction")), "_grade"
    weights = weights_on(day)
    below = orders.filter(**{f"{column}__in": list(weights)})
    cases = [If(**{column: grade}, then=Value(weight)) for grade, weight in weights.items()]
    worth = When(*cases, default=Value(Decimal(0)), output_field=DecimalField(max_digits=8, decimal_places=3))
    total = below.annotate(_worth=worth).aggregate(sum=Sum("_worth"))["sum"] or Decimal(0)
    above = below.filter(**{f"{column}__in": [grade for grade, weight in weights.items() if weight]})
    return Rate(
        Figure.SATISFACTION, side, Decimal(total), below.count(), above, below, tuple(weights.items())
    )


def _called_back(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Called back over due for callback: orders that were not drawn are not due, a try without answer is a call."""
    if side == Side.CITY:
        full = CityResult.objects.filter(case_id=OuterRef("pk"), kind=CityList.FULL)
        return _counted(Figure.CALLED_BACK, side, orders.filter(Exists(full)), orders)
    undrawn = CallbackDraw.objects.filter(case_id=OuterRef("pk"), round=OuterRef("rounds"), drawn=False)
    audited = CaseEvent.objects.filter(case_id=OuterRef("pk"), verb="pass_audit")
    rated = Rating.objects.filter(case_id=OuterRef("pk"))
    below = orders.filter(Exists(audited)).filter(~Exists(undrawn) | Exists(rated))
    return _counted(Figure.CALLED_BACK, side, below.exclude(satisfaction=""), below)


def _rehandled(orders: QuerySet[Case], side: Side, day: date) -> Rate:
    """Handled again over closed."""
    return _counted(Figure.REHANDLED, side, orders.filter(rounds__gt=0), orders)


_RATES: dict[Figure, Callable[[QuerySet[Case], Side, date], Rate]] = {
    Figure.FIRST_CONTACT: _first_contact,
    Figure.CONTACT_ON_TIME: _contact_on_time,
    Figure.ON_TIME: _on_time,
    Figure.SOLVED: _solved,
    Figure.SATISFACTION: _satisfaction,
    Figure.CALLED_BACK: _called_back,
    Figure.REHANDLED: _rehandled,
}

"""What a yuan bought: money beside what was measured, for leaders."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.models import Declaration, Snapshot
from chengyun.budget.performance.lights import Thresholds, attainment_light, attainment_of
from chengyun.budget.performance.money import Money, money_of
from chengyun.budget.performance.standing import Standing, standings, years_measured
from chengyun.budget.performance.words import FormState, Kind, Light, Variant
from chengyun.kernel.actor import Actor

_COUNTED = {Kind.NUMBER.value}
_MONEY_UNIT = "元"


@dataclass(frozen=True, slots=True)
class Bought:
    """One counted thing: how many, what one was to cost and what one cost.

    ``paid`` is the money set aside for it, times what share of the budget was spent; the budget's own share
    (``by_plan``) where no spending was entered.
    """

    standing: Standing
    count: Decimal
    paid: Decimal | None
    by_plan: bool

    @property
    def each(self) -> Decimal | None:
        """Yuan for one."""
        return self.paid / self.count if self.paid is not None and self.count else None

    @property
    def for_a_yuan(self) -> Decimal | None:
        """How many for one yuan."""
        return self.count / self.paid if self.paid else None

    @property
    def planned_each(self) -> Decimal | None:
        """Yuan for one as promised."""
        target = self.standing.target
        return target.money / target.value if target.money and target.value else None


@dataclass(frozen=True, slots=True)
class Card:
    """A form as leaders see it."""

    form: Declaration
    year: int
    money: Money
    attained: Decimal | None
    light: Light
    measured: int
    gaps: int
    bought: list[Bought]
    rates: list[Standing]
    snapshot: Snapshot | None
    rehearsal: bool


def cards(year: int, limits: Thresholds, *, actor: Actor) -> list[Card]:
    """Every working form of a budget year, the department's first."""
    rows = Declaration.objects.seen_by(actor).filter(fiscal_year=year, variant=Variant.WORKING)
    return [card_of(form, limits, actor=actor) for form in rows.order_by("level", "code")]


def card_of(form: Declaration, limits: Thresholds, *, actor: Actor) -> Card:
    """One form, by the year for which it was measured."""
    year = next(iter(years_measured(form)), form.fiscal_year)
    money = money_of(form, actor=actor, year=year)
    found = standings(form, year, limits)
    parts = [one.part for one in found]
    attained, _known, _whole = attainment_of(parts)
    with_value = [one for one in found if one.measurement is not None and one.measurement.value is not None]
    counted = [one for one in with_value if one.target.kind in _COUNTED and one.target.unit != _MONEY_UNIT]
    return Card(
        form=form,
        year=year,
        money=money,
        attained=attained,
        light=attainment_light(parts, limits),
        measured=len(with_value),
        gaps=len(found) - len(with_value),
        bought=[_bought(one, money) for one in counted if one.target.money],
        rates=[one for one in with_value if one not in counted or not one.target.money],
        snapshot=form.snapshots.filter(day__year=year).first(),
        rehearsal=any(one.measurement.rehearsal for one in with_value if one.measurement),
    )


def _bought(one: Standing, money: Money) -> Bought:
    row, share = one.measurement, one.target.money or Decimal(0)
    assert row is not None
    spent, by_plan = money.spent, money.spent is None
    paid = None
    if spent is not None and money.budget:
        paid = share * spent / money.budget
    elif by_plan:
        days = (row.end - row.begin).days
        paid = share * min(Decimal(days) / 365, Decimal(1))
    return Bought(one, row.value or Decimal(0), paid, by_plan)


def years_declared(actor: Actor) -> list[int]:
    """Budget years with a form, the latest first."""
    rows = Declaration.objects.seen_by(actor).order_by().values_list("fiscal_year", flat=True).distinct()
    return sorted(rows, reverse=True)


def is_open(form: Declaration) -> bool:
    """Whether a form may be changed."""
    return form.variant == Variant.WORKING and form.state == FormState.DRAFT

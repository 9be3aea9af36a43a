"""Whether another package of the same kind would be cheaper. Pure.

The further package is taken to cost and hold as much as the first; what the supplier would really offer is
for the supplier to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chengyun.budget.contracts.forecast import MonthCost, mean
from chengyun.budget.contracts.pricing import Terms, charge
from chengyun.budget.contracts.words import ItemKind

MOST = 6


@dataclass(frozen=True, slots=True)
class Option:
    """So many packages, what they cost, and what that saves against one; yuan, negative where it costs more."""

    packages: int
    cost: Decimal
    saved: Decimal


def break_even(terms: Terms) -> Decimal | None:
    """How many units beyond the package, each month, make another one pay; None if beyond costs nothing."""
    if terms.kind is not ItemKind.PACKAGE or not terms.above:
        return None
    return terms.price / terms.above


def options(terms: Terms, months: Sequence[MonthCost]) -> tuple[Option, ...]:
    """One package and more, up to the first that costs more than the one before; () if it is no package."""
    if terms.kind is not ItemKind.PACKAGE or not months:
        return ()
    found: list[Option] = []
    for count in range(1, MOST + 1):
        cost = _cost(_times(terms, count), [(one.month, one.samples.expected, one.days) for one in months])
        found.append(Option(count, cost, found[0].cost - cost if found else Decimal("0.00")))
        if count > 1 and cost >= found[-2].cost:
            break
    return tuple(found)


def best(found: Sequence[Option]) -> Option | None:
    """The cheapest, of equals the fewest packages."""
    return min(found, key=lambda one: (one.cost, one.packages), default=None)


def even_year(terms: Terms, units_beyond: Decimal, year: int) -> tuple[Option, ...]:
    """The options when a year's units beyond the package are spread evenly over its months."""
    each, left = divmod(units_beyond, 12)  # whole units; the first months take what is left over
    beyond = [each + min(max(left - number, Decimal(0)), Decimal(1)) for number in range(12)]
    months = [
        (date(year, number, 1), (terms.included + beyond[number - 1],), None) for number in range(1, 13)
    ]
    one = _cost(terms, months)
    two = _cost(_times(terms, 2), months)
    return (Option(1, one, Decimal("0.00")), Option(2, two, one - two))


def _times(terms: Terms, count: int) -> Terms:
    cap = None if terms.cap is None else terms.cap * count
    return replace(terms, price=terms.price * count, included=terms.included * count, cap=cap)


def _cost(terms: Terms, months: Sequence[tuple[date, Sequence[Decimal | None], int | None]]) -> Decimal:
    return sum(
        (
            mean([charge(terms, month, used, days).amount for used in expected])
            for month, expected, days in months
        ),
        Decimal("0.00"),
    )

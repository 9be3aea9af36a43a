"""The year as bars: twelve months with their range, in the units of a drawing of 640 by 200. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chengyun.budget.contracts.forecast import MonthCost, total
from chengyun.budget.contracts.words import Basis

LEFT, RIGHT, TOP, BOTTOM = 64, 634, 22, 178
BAR = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across, with the amount it stands for."""

    y: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One month. ``sure``: nothing of it is foretold."""

    month: date
    x: int
    y: int
    width: int
    height: int
    middle: int
    low_y: int
    high_y: int
    expected: Decimal
    sure: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn."""

    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]


def chart(months: Sequence[date], costs: Sequence[MonthCost]) -> Chart:
    """Lay out the sums of every month."""
    sums = [(month, [one for one in costs if one.month == month]) for month in months]
    ranges = [(month, total(some), some) for month, some in sums]
    top = _round_up(max((one.high for _month, one, _some in ranges), default=Decimal(0)))
    step = (RIGHT - LEFT) / len(months)

    def height(amount: Decimal) -> int:
        return BOTTOM - round((BOTTOM - TOP) * float(amount / top))

    bars = []
    for place, (month, one, some) in enumerate(ranges):
        middle = round(LEFT + step * (place + 0.5))
        y = height(one.expected)
        sure = all(cost.basis in (Basis.ACTUAL, Basis.AGREED) for cost in some)
        bars.append(
            Bar(
                month,
                middle - BAR // 2,
                y,
                BAR,
                BOTTOM - y,
                middle,
                height(one.low),
                height(one.high),
                one.expected,
                sure,
            )
        )
    marks = tuple(Mark(height(top * part / 4), top * part / 4) for part in range(5))
    return Chart(marks, tuple(bars))


def _round_up(amount: Decimal) -> Decimal:
    """The next round amount that four lines divide well."""
    size = Decimal(4)
    while size < amount:
        for factor in (Decimal("2.5"), Decimal(2), Decimal(2)):  # 4, 10, 20, 40, 100 …
            if size >= amount:
                break
            size *= factor
    return size

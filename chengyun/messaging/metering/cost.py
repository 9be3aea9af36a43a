"""Prices and the forecast. Pure: days and counts in, money and counts out."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
WARN_AT = (70, 90, 100)  # per cent of the included messages
LOOK_BACK = 28  # days from which the forecast learns: four whole weeks
ENOUGH_DAYS = 7


@dataclass(frozen=True, slots=True)
class Price:
    """A monthly fee in yuan with so many messages, and the price of each above."""

    monthly_fee: Decimal
    included: int
    price_above: Decimal

    def cost(self, used: int) -> Decimal:
        """What a month with so many billed segments costs, in yuan."""
        above = max(used - self.included, 0)
        return (self.monthly_fee + above * self.price_above).quantize(CENT, ROUND_HALF_UP)

    def percent(self, used: int) -> Decimal:
        """Use in per cent of what is included; 0 if nothing is included."""
        return Decimal(used * 100) / self.included if self.included else Decimal(0)

    def passed(self, used: int) -> list[int]:
        """The warnings that so much use calls for."""
        return [share for share in WARN_AT if self.included and used * 100 >= self.included * share]


@dataclass(frozen=True, slots=True)
class Forecast:
    """``expected``: segments at the end of the month. ``by_day_kind``: learnt from working days and other days
    apart; otherwise from this month's daily mean. The two means are per day."""

    expected: int
    by_day_kind: bool
    working_mean: Decimal = Decimal(0)
    other_mean: Decimal = Decimal(0)
    days_learnt: int = 0
    days_left: int = 0
    reaches: tuple[tuple[int, date], ...] = ()


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def forecast(
    today: date, per_day: Mapping[date, int], works: Callable[[date], bool], price: Price | None = None
) -> Forecast:
    """Where the month of ``today`` ends.

    The last 28 whole days give a mean for working days and one for other days; each day left gets the mean of
    its kind, today at least what is used already. Days before the first message ever do not count. With less
    than seven days to learn from, the mean of this month's days so far serves for all.
    """
    month = first_of(today)
    used = sum(count for day, count in per_day.items() if month <= day <= today)
    begun = min((day for day, count in per_day.items() if count), default=today)
    back = [today - timedelta(days=number) for number in range(1, LOOK_BACK + 1)]
    learnt = [day for day in back if day >= begun]
    by_kind = len(learnt) >= ENOUGH_DAYS
    if by_kind:
        working, other = (
            _mean(per_day.get(day, 0) for day in learnt if works(day) is kind) for kind in (True, False)
        )
    else:
        counted_from = max(begun, month)
        working = other = Decimal(used) / max((today - counted_from).days + 1, 1)
    left = [today + timedelta(days=number) for number in range(1, (last_of(today) - today).days + 1)]
    mean = {True: working, False: other}
    rest_of_today = max(mean[works(today)] - per_day.get(today, 0), Decimal(0)) if by_kind else Decimal(0)
    total = Decimal(used)
    reaches: list[tuple[int, date]] = []
    for day in [today, *left]:
        before, total = total, total + (rest_of_today if day == today else mean[works(day)])
        if price is not None and price.included:
            reaches += [
                (share, day) for share in WARN_AT if before * 100 < price.included * share <= total * 100
            ]
    expected = int(total.quantize(Decimal(1), ROUND_HALF_UP))
    return Forecast(expected, by_kind, working, other, len(learnt), len(left), tuple(reaches))


def _mean(counts: Iterable[int]) -> Decimal:
    known = list(counts)
    return Decimal(sum(known)) / len(known) if known else Decimal(0)

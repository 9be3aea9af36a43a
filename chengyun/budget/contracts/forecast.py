"""What a year will cost, with a range. Pure, and the same figures come out whenever it is computed again.

The method: a month that is over costs what its usage costs. For every month left,
- of a package, each of the last twelve months with a record is priced as if it were that month: the mean is
  expected, the cheapest and the dearest are the range (the mean of costs, not the cost of the mean: months
  beyond the package cost more than quiet months save);
- of units, the newest record is expected, the least and the most of the last twelve months are the range.
A month that is over without a record is worked out from the twelve before it. Without any record the agreed
quantity counts, of a package only the fee, and the month says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chengyun.budget.contracts.months import first_of, later
from chengyun.budget.contracts.pricing import CENT, Charge, Terms, charge
from chengyun.budget.contracts.words import Basis, Feed, ItemKind

LOOK_BACK = 12  # months


@dataclass(frozen=True, slots=True)
class Samples:
    """The usages that a month is priced with: ``expected`` for the mean, ``extremes`` for the range."""

    expected: tuple[Decimal | None, ...]
    extremes: tuple[Decimal | None, ...]
    basis: Basis

    @property
    def mean(self) -> Decimal | None:
        """The usage that is expected, if any is known."""
        known = [used for used in self.expected if used is not None]
        return sum(known, Decimal(0)) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One month of an item: what it costs at least, as expected, at most; yuan."""

    month: date
    low: Decimal
    expected: Decimal
    high: Decimal
    basis: Basis
    formula: str
    samples: Samples
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """A sum with its bounds."""

    low: Decimal
    expected: Decimal
    high: Decimal


def samples(terms: Terms, feed: Feed, month: date, usage: Mapping[date, Decimal], today: date) -> Samples:
    """The usages to price a month with, from the records of all months (first day of month: quantity)."""
    if terms.kind is ItemKind.ONE_OFF or feed is Feed.AGREED:
        return Samples((None,), (None,), Basis.AGREED)
    ahead_of = min(month, first_of(today))
    if month < first_of(today) and month in usage:
        return Samples((usage[month],), (usage[month],), Basis.ACTUAL)
    back = [later(ahead_of, -number) for number in range(1, LOOK_BACK + 1)]
    known = tuple(usage[one] for one in back if one in usage)
    if not known:
        return Samples((None,), (None,), Basis.NO_DATA)
    expected = known if terms.kind is ItemKind.PACKAGE else known[:1]
    return Samples(expected, known, Basis.EXPECTED)


def month_cost(terms: Terms, month: date, found: Samples, days: int | None = None) -> MonthCost:
    """Price a month with its samples."""
    charges = [charge(terms, month, used, days) for used in found.expected]
    all_amounts = [charge(terms, month, used, days).amount for used in found.extremes]
    expected = mean([one.amount for one in charges])
    return MonthCost(
        month,
        min([*all_amounts, expected]),
        expected,
        max([*all_amounts, expected]),
        found.basis,
        _formula(charges),
        found,
        days,
    )


def _formula(charges: Sequence[Charge]) -> str:
    """The formula of one charge; of several the mean of their amounts."""
    if len(charges) == 1:
        return charges[0].formula
    return "(" + " + ".join(f"{one.amount:,}" for one in charges) + f") ÷ {len(charges)}"


def total(months: Sequence[MonthCost]) -> Range:
    """The sum of months, of one item or of many."""
    nought = Decimal("0.00")
    return Range(
        sum((one.low for one in months), nought),
        sum((one.expected for one in months), nought),
        sum((one.high for one in months), nought),
    )


def mean(amounts: Sequence[Decimal]) -> Decimal:
    """The mean in yuan, half up to the cent."""
    return (sum(amounts, Decimal(0)) / len(amounts)).quantize(CENT, ROUND_HALF_UP)

"""How far a target was reached and what that scores. Pure; shares are 0 to 1.

Rule: national self-evaluation forms (财预〔2015〕88号 and after): the weight times the degree, never above the weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chengyun.budget.performance.words import Comparator

ONE, NOUGHT = Decimal(1), Decimal(0)
_HUNDREDTH, _FINE = Decimal("0.01"), Decimal("0.0001")


def degree_of(comparator: str, value: Decimal, target: Decimal, upper: Decimal | None = None) -> Decimal:
    """How far ``value`` is from what was promised: 1 where it is kept, less in proportion where it is not.

    At least: value ÷ target. At most: target ÷ value. Equal: the smaller ÷ the larger. Between: as the bound missed.
    """
    if comparator == Comparator.BETWEEN and upper is not None:
        if target <= value <= upper:
            return ONE
        target, comparator = (target, Comparator.AT_LEAST) if value < target else (upper, Comparator.AT_MOST)
    if comparator == Comparator.AT_MOST:
        return _share(target, value) if value > target else ONE
    if comparator == Comparator.EQUAL:
        return ONE if value == target else _share(min(value, target), max(value, target))
    return ONE if value >= target else _share(value, target)


def degree_of_day(done: date, promised: date) -> Decimal:
    """A date is kept or not."""
    return ONE if done <= promised else NOUGHT


def _share(part: Decimal, whole: Decimal) -> Decimal:
    if whole <= 0:
        return NOUGHT
    return min(max(part / whole, NOUGHT), ONE).quantize(_FINE, ROUND_HALF_UP)


def far_beyond(comparator: str, value: Decimal, target: Decimal, per_cent: Decimal) -> bool:
    """Whether so much more was done than promised that the target must have been set too low."""
    return comparator == Comparator.AT_LEAST and target > 0 and value * 100 >= target * per_cent


def score_of(degree: Decimal, weight: Decimal) -> Decimal:
    """Points, to two places."""
    return (degree * weight).quantize(_HUNDREDTH, ROUND_HALF_UP)


def execution_degree(spent: Decimal, budget: Decimal) -> Decimal | None:
    """Spent of the year's budget, at most 1; None where there is no budget."""
    return _share(spent, budget) if budget > 0 else None


def grade_of(score: Decimal, out_of: Decimal, grades: Iterable[tuple[Decimal, str]]) -> str:
    """The grade of a score in per cent of what could be scored; ``grades`` are lower limits with their names."""
    if out_of <= 0:
        return ""
    per_cent = score * 100 / out_of
    return next((name for limit, name in sorted(grades, reverse=True) if per_cent >= limit), "")


def weighted(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The mean of degrees by weight; None where nothing weighs."""
    pairs = list(parts)
    whole = sum((weight for _degree, weight in pairs), NOUGHT)
    if whole <= 0:
        return None
    return (sum((degree * weight for degree, weight in pairs), NOUGHT) / whole).quantize(_FINE, ROUND_HALF_UP)

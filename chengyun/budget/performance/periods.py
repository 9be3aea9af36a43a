"""Periods of a fiscal year as moments. Pure; a period is ``begin <= moment < end`` in Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from chengyun.budget.performance.words import Every
from chengyun.kernel.clock import SHANGHAI

Span = tuple[datetime, datetime]
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), SHANGHAI)


def year_of(year: int) -> Span:
    """A whole fiscal year (the calendar year, 预算法)."""
    return midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))


def periods_of(year: int, every: str) -> list[Span]:
    """The months, quarters or the whole of a year, in order."""
    step = _MONTHS[Every(every)]
    firsts = [date(year, month, 1) for month in range(1, 13, step)] + [date(year + 1, 1, 1)]
    return [(midnight(a), midnight(b)) for a, b in pairwise(firsts)]


def year_so_far(year: int, now: datetime) -> Span | None:
    """From the year's beginning to the last midnight, or its end; None where it has no whole day yet."""
    begin, end = year_of(year)
    until = min(end, midnight(now.astimezone(SHANGHAI).date()))
    return (begin, until) if until > begin else None


def last_day(end: datetime) -> date:
    """The last day of a period that ends at this moment."""
    return (end.astimezone(SHANGHAI) - timedelta(microseconds=1)).date()


def words_of(begin: datetime, end: datetime) -> str:
    """A period for the reader: ``2026-03``, ``2026`` or ``2026-01-01 – 2026-11-22``."""
    first, last = begin.astimezone(SHANGHAI).date(), last_day(end)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year}"
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first} – {last}"

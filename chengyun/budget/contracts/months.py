"""Months as the first day of each. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def days_in(month: date) -> int:
    """How many days it has."""
    return calendar.monthrange(month.year, month.month)[1]


def last_of(month: date) -> date:
    """The last day of its month."""
    return month.replace(day=days_in(month))


def later(month: date, count: int) -> date:
    """The month ``count`` after (before, if negative)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def of_year(year: int) -> tuple[date, ...]:
    """The twelve months of a year."""
    return tuple(date(year, number, 1) for number in range(1, 13))


def between(first: date, last: date) -> tuple[date, ...]:
    """The months from that of ``first`` to that of ``last``, both included."""
    begin = first_of(first)
    count = (last.year - begin.year) * 12 + last.month - begin.month + 1
    return tuple(later(begin, number) for number in range(max(count, 0)))


def days_held(month: date, begin: date | None, end: date | None) -> int:
    """How many days of a month lie between two days, both included; None is without bound."""
    first = max(begin, month) if begin else month
    last = min(end, last_of(month)) if end else last_of(month)
    return max((last - first).days + 1, 0)


def day_before(day: date) -> date:
    """Yesterday of that day."""
    return day - timedelta(days=1)


def month_of(text: str) -> date | None:
    """A month as people write it (2026-11, 2026/11, 202611, 2026年11月), or None."""
    found = re.fullmatch(
        r"\s*(20\d\d)(?:\s*[-/.年]\s*(0?[1-9]|1[0-2])|(0[1-9]|1[0-2]))\s*月?(?:[-/.]0?1(?:\s+00:00:00)?)?\s*",
        text,
    )
    return date(int(found[1]), int(found[2] or found[3]), 1) if found else None


def written(month: date) -> str:
    """``2026-11``."""
    return f"{month:%Y-%m}"

"""The statutory tables that come with ``chinesecalendar`` (2004 on): no database needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import chinese_calendar

from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.hours import DEFAULT_HOURS, LONG_AGO, OfficeHours


@dataclass(frozen=True, slots=True)
class PackagedDay:
    """A day that the table names: a holiday, or a make-up working day (调休上班)."""

    day: date
    works: bool
    name: str


def source() -> str:
    """What to write beside a row as its source."""
    return f"chinesecalendar {version('chinesecalendar')}"


def years() -> range:
    """The years that the package has tables for."""
    days = chinese_calendar.holidays
    return range(min(days).year, max(days).year + 1)


def named_days(year: int) -> list[PackagedDay]:
    """Holidays and make-up working days of a year, in order; empty outside the package's years."""
    terms = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    both = ((chinese_calendar.holidays, False), (chinese_calendar.workdays, True))
    found = [
        PackagedDay(day, works, terms.get(name, name))
        for table, works in both
        for day, name in table.items()
        if day.year == year
    ]
    return sorted(found, key=lambda named: named.day)


@lru_cache(maxsize=4)
def packaged_calendar(hours: OfficeHours = DEFAULT_HOURS) -> WorkCalendar:
    """The calendar of the package, with the same office hours throughout."""
    rules = dict.fromkeys(chinese_calendar.holidays, False) | dict.fromkeys(chinese_calendar.workdays, True)
    return WorkCalendar.prepare(rules, years(), [(LONG_AGO, hours)])

"""A year as months, weeks and days, for the page of the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.models import DayRule
from chengyun.worktime.vocabulary import DayKind


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day as the page draws it; ``rule`` is None for an ordinary day of the week."""

    date: date
    works: bool
    rule: DayRule | None

    @property
    def look(self) -> str:
        """The class of the cell."""
        if self.rule is None:
            return "" if self.works else "weekend"
        return self.rule.kind

    @property
    def label(self) -> str:
        """The kind of a named day, in the reader's language."""
        return DayKind(self.rule.kind).label if self.rule else ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month; weeks begin on Monday, days of other months are None."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


def months(year: int, rules: Mapping[date, DayRule], work_calendar: WorkCalendar) -> list[Month]:
    """The twelve months of a year."""
    return [_month(date(year, month, 1), rules, work_calendar) for month in range(1, 13)]


def _month(first: date, rules: Mapping[date, DayRule], work_calendar: WorkCalendar) -> Month:
    weeks = tuple(
        tuple(
            DayCell(day, work_calendar.is_working_day(day), rules.get(day))
            if day.month == first.month
            else None
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(first, weeks, sum(cell.works for week in weeks for cell in week if cell))

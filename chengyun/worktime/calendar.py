"""The working calendar: an immutable value that answers from prepared tables, with no loop over days.

Pure Python; numpy is loaded only for a batch. Moments are handled as whole microseconds since midnight,
Shanghai time, of the first day covered. China has kept +08:00 without summer time since 1992, so local
arithmetic is exact over the whole range.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime.hours import (
    DEFAULT_HOURS,
    LONG_AGO,
    OfficeHours,
    StartDay,
    WorkdayEnd,
    WorkdayMeaning,
)
from chengyun.worktime.problems import CalendarError, Problem
from chengyun.worktime.tables import Tables, prepare
from chengyun.worktime.units import DAY, OFFICE_UNITS, SECOND, Amount, Unit, quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["CalendarError", "OfficeHours", "Unit", "WorkCalendar", "WorkdayMeaning"]

FIRST_YEAR, LAST_YEAR = 2004, 2050
PLAIN = WorkdayMeaning()
LONG_BEFORE = -1_000_000  # days before the calendar's first


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkCalendar:
    """Working days and office hours over ``days`` days from ``first`` on. Make one with ``prepare``."""

    first: date
    days: int
    tables: Tables
    official_years: frozenset[int]
    hours: tuple[tuple[int, OfficeHours], ...]
    meanings: tuple[tuple[int, WorkdayMeaning], ...] = ((LONG_BEFORE, PLAIN),)
    zero: datetime = field(init=False)
    zero_utc: datetime = field(init=False)

    def __post_init__(self) -> None:
        zero = datetime(self.first.year, self.first.month, self.first.day, tzinfo=SHANGHAI)
        object.__setattr__(self, "zero", zero)
        object.__setattr__(self, "zero_utc", zero.astimezone(UTC))

    @classmethod
    def prepare(
        cls,
        rules: Mapping[date, bool],
        official_years: Iterable[int],
        hours: Sequence[tuple[date, OfficeHours]] = ((LONG_AGO, DEFAULT_HOURS),),
        meanings: Sequence[tuple[date, WorkdayMeaning]] = (),
        first_year: int = FIRST_YEAR,
        last_year: int = LAST_YEAR,
    ) -> WorkCalendar:
        """Build the tables once (about 10 ms).

        ``rules`` tells for single days whether they work; other days work from Monday to Friday.
        ``official_years`` have a published table. ``hours`` and ``meanings`` hold from their date on.
        """
        first = date(first_year, 1, 1)
        days = (date(last_year + 1, 1, 1) - first).days
        versions = sorted(hours, key=lambda row: row[0])
        chosen = sorted(meanings, key=lambda row: row[0])
        return cls(
            first,
            days,
            prepare(first, days, rules, versions),
            frozenset(official_years),
            tuple(((day - first).days, version) for day, version in versions),
            ((LONG_BEFORE, PLAIN), *(((day - first).days, meaning) for day, meaning in chosen)),
        )

    def due(self, start: datetime, amount: Amount, unit: str) -> datetime:
        """The deadline of a limit that starts at an aware moment, in Shanghai time.

        - workday: the day of the start does not count; due at closing of the N-th working day after it
          (``meanings`` may choose otherwise);
        - workhour: due at the earliest moment at which the amount has passed inside office hours;
        - hour, day (24 h): continuous; calendar_day: due at 24:00 of the N-th day after the start's.

        Zero is due at the start. Raises CalendarError for a bad amount, unit or start, and when the deadline
        lies outside the calendar.
        """
        at = self.place(start)
        count = quantity(amount, unit)
        return self.moment(self.due_place(at, count, unit))

    def due_place(self, at: int, count: int, unit: str) -> int:
        """``due`` in places (see ``place``), the count being what ``quantity`` returns."""
        if not count:
            return at
        if unit == "workday":
            return self._after_workdays(at, count)
        if unit == "workhour":
            return self._earliest(self.office_place(at) + count)
        if unit == "calendar_day":
            return (at // DAY + 1 + count) * DAY
        return at + count

    def due_many(
        self, starts: ArrayLike, amounts: ArrayLike, units: str | Sequence[str]
    ) -> NDArray[np.float64]:
        """Many deadlines at once: seconds since 1970 in, seconds since 1970 out, exact to the microsecond.

        ``starts`` and ``amounts`` are arrays of one length (an amount may be a single number); ``units`` is
        one unit or one a row. Raises CalendarError for the first row that ``due`` would refuse.
        """
        from chengyun.worktime import batch

        return batch.due_many(self, starts, amounts, units)

    def work_seconds(self, start: datetime, end: datetime) -> float:
        """Office seconds between two moments; 0 if the end is not after the start."""
        return max(self.office_place(self.place(end)) - self.office_place(self.place(start)), 0) / SECOND

    def add_work_seconds(self, start: datetime, seconds: float) -> datetime:
        """The earliest moment that lies so many office seconds after the start (before it, if negative)."""
        at = self.place(start)
        step = round(seconds * SECOND)
        return self.moment(self._earliest(self.office_place(at) + step) if step else at)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on that date."""
        return self.tables.shift[self._index(day)] != 0

    def official(self, day: date) -> bool:
        """Tell whether the year of that date has a published table."""
        return day.year in self.official_years

    def office_hours(self, day: date) -> OfficeHours:
        """Office hours in force on that date, whether or not the day works."""
        version = bisect_right(self.hours, self._index(day), key=lambda row: row[0]) - 1
        return self.hours[max(version, 0)][1]

    def remaining(self, now: datetime, due: datetime, unit: str) -> float:
        """Seconds left in the unit's own counting; below zero once the deadline has passed.

        Office seconds for workhour and workday, elapsed seconds for the others. On the evening after a
        deadline at closing it is 0: compare the moments to know whether the deadline has passed.
        """
        here, there = self.place(now), self.place(due)
        if unit in OFFICE_UNITS:
            return (self.office_place(there) - self.office_place(here)) / SECOND
        return (there - here) / SECOND

    def shift(self, due: datetime, amount: Amount, unit: str) -> datetime:
        """Move a deadline on by an amount, from where it stands (an extension).

        Working days move it to the N-th working day after, at closing if it stood at closing, else at the
        same time of day; calendar days by 24 h each.
        """
        at, count = self.place(due), quantity(amount, unit)
        if unit == "calendar_day":
            return self.moment(at + count * DAY)
        if unit == "workday" and count:
            day, clock = divmod(at, DAY)
            target = self._workday_after(self.tables.work_before[day + 1] + count - 1)
            periods = self.tables.shifts[self.tables.shift[day]]
            closing = bool(periods) and clock == periods[-1][1]
            return self.moment(target * DAY + self._clamp(target, DAY if closing else clock))
        return self.moment(self.due_place(at, count, unit))

    # Places: whole microseconds since the calendar's first midnight.

    def place(self, moment: datetime) -> int:
        """The place of an aware moment. Raises CalendarError for anything else and outside the calendar."""
        try:
            # Within one time zone Python subtracts without asking the zone, three times as fast.
            gap = moment - (self.zero if moment.tzinfo is SHANGHAI else self.zero_utc)
            at = (gap.days * 86_400 + gap.seconds) * SECOND + gap.microseconds
        except (TypeError, AttributeError):
            naive = isinstance(moment, datetime)
            raise CalendarError(Problem.NAIVE if naive else Problem.NOT_A_MOMENT) from None
        if 0 <= at < self.days * DAY:
            return at
        raise self.outside()

    def moment(self, at: int) -> datetime:
        """The moment at a place, in Shanghai time."""
        if 0 <= at <= self.days * DAY:
            return self.zero + timedelta(microseconds=at)
        raise self.outside()

    def office_place(self, at: int) -> int:
        """Office microseconds from the start of the calendar to a place."""
        day, clock = divmod(at, DAY)
        tables = self.tables
        total = tables.office_before[day]
        for opening, closing in tables.shifts[tables.shift[day]]:
            if clock <= opening:
                break
            total += (clock if clock < closing else closing) - opening
        return total

    def _earliest(self, office: int) -> int:
        """The earliest place with that much office time before it."""
        tables = self.tables
        if not 0 < office <= tables.office_before[self.days]:
            raise self.outside()
        day = bisect_left(tables.office_before, office) - 1
        left = office - tables.office_before[day]
        for opening, closing in tables.shifts[tables.shift[day]]:
            if left <= closing - opening:
                return day * DAY + opening + left
            left -= closing - opening
        raise AssertionError("the tables of the calendar contradict each other")

    def _workday_after(self, ordinal: int) -> int:
        if ordinal < len(self.tables.work_days):
            return self.tables.work_days[ordinal]
        raise self.outside()

    def _after_workdays(self, at: int, count: int) -> int:
        day, clock = divmod(at, DAY)
        tables = self.tables
        meaning = self.meanings[-1][1] if len(self.meanings) == 1 else self._meaning(day)
        if meaning is PLAIN:
            target = self._workday_after(tables.work_before[day + 1] + count - 1)
            return target * DAY + tables.shifts[tables.shift[target]][-1][1]
        periods = tables.shifts[tables.shift[day]]
        counts = meaning.start_day is StartDay.BEFORE_OPENING and bool(periods) and clock < periods[0][0]
        if meaning.end is WorkdayEnd.SAME_CLOCK:
            day, clock = divmod(self._office_moment(at), DAY)
        target = self._workday_after(tables.work_before[day + 1] + count - 1 - counts)
        same = meaning.end is WorkdayEnd.SAME_CLOCK
        return target * DAY + self._clamp(target, clock if same else DAY)

    def _meaning(self, day: int) -> WorkdayMeaning:
        return self.meanings[bisect_right(self.meanings, day, key=lambda row: row[0]) - 1][1]

    def _office_moment(self, at: int) -> int:
        """The place itself if the office is open then or just closing, else the next opening."""
        here = self.office_place(at)
        return at if here and self._earliest(here) == at else self._earliest(here + 1) - 1

    def _clamp(self, day: int, clock: int) -> int:
        """A time of day moved into the office hours of a working day."""
        periods = self.tables.shifts[self.tables.shift[day]]
        return min(max(clock, periods[0][0]), periods[-1][1])

    def _index(self, day: date) -> int:
        index = (date(day.year, day.month, day.day) - self.first).days
        if 0 <= index < self.days:
            return index
        raise self.outside()

    def outside(self) -> CalendarError:
        """The error to raise for a moment or a date that the calendar does not cover."""
        last = self.first.year + round(self.days / 365.2425) - 1
        return CalendarError(Problem.OUTSIDE, first=self.first.year, last=last)

"""The prepared tables behind a calendar: one pass over the days, once, so that no question needs a loop."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chengyun.worktime.hours import OfficeHours
from chengyun.worktime.problems import CalendarError, Problem

Periods = tuple[tuple[int, int], ...]
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Tables:
    """Arrays over the days of the calendar, day 0 being 1 January of the first year.

    ``shift[d]`` is an index into ``shifts``; shift 0 is a day off. ``work_before[d]`` counts the working
    days before day d and ``office_before[d]`` the office microseconds before it; both have one entry more
    than there are days. ``work_days[k]`` is the day of the k-th working day.
    """

    shift: bytes
    shifts: tuple[Periods, ...]
    work_before: array[int]
    office_before: array[int]
    work_days: array[int]


def prepare(
    first: date, days: int, rules: Mapping[date, bool], hours: Sequence[tuple[date, OfficeHours]]
) -> Tables:
    """Build the tables. A day without a rule works from Monday to Friday; ``hours`` is sorted by date."""
    if not hours:
        raise CalendarError(Problem.NO_HOURS)
    start = first.toordinal()
    shifts: tuple[Periods, ...] = ((), *(version.periods for _, version in hours))
    lengths = [0, *(version.length for _, version in hours)]
    ruled = {day.toordinal() - start: works for day, works in rules.items()}
    changes = [day.toordinal() - start for day, _ in hours]
    shift = bytearray(days + 1)
    work_before, office_before, work_days = array("q", [0]), array("q", [0]), array("q")
    worked = office = 0
    for day in range(days):
        if ruled.get(day, (start + day - 1) % 7 < SATURDAY):
            # Before the first dated version its hours hold: an old order must not stop the import.
            shift[day] = max(bisect_right(changes, day), 1)
            work_days.append(day)
            worked += 1
            office += lengths[shift[day]]
        work_before.append(worked)
        office_before.append(office)
    return Tables(bytes(shift), shifts, work_before, office_before, work_days)

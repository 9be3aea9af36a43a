"""Which days of a period are covered by contracts. Pure.

A renewal ends the contract it renews: where the two overlap, the older one holds to the day before the newer
begins, so that no day is paid twice and none counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengyun.budget.contracts.months import between, day_before, days_held
from chengyun.kernel.labelled import Labelled


class Cover(Labelled):
    """How a month stands."""

    WHOLE = "whole", "有合同", "Covered", "good"
    PART = "part", "部分有合同", "Covered in part", "due-soon"
    UNTOLD = "untold", "期限未载明", "Term not told", "due-soon"
    NONE = "none", "无合同", "Not covered", "overdue"


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a contract holds, both included. None: the contract does not tell."""

    begin: date | None
    end: date | None
    name: str = ""

    @property
    def told(self) -> bool:
        """Whether both ends are known."""
        return self.begin is not None and self.end is not None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it, as far as is told."""
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class MonthCover:
    """One month: its days, those covered for certain, and those that may be."""

    month: date
    days: int
    covered: int
    untold: int

    @property
    def state(self) -> Cover:
        """The month in one word."""
        if self.covered == self.days:
            return Cover.WHOLE
        if self.covered:
            return Cover.PART
        return Cover.UNTOLD if self.untold else Cover.NONE


@dataclass(frozen=True, slots=True)
class Coverage:
    """A period. ``gaps`` are runs of days with no contract, ``overlaps`` runs with more than one."""

    months: tuple[MonthCover, ...]
    gaps: tuple[Span, ...]
    overlaps: tuple[Span, ...]

    @property
    def whole_months(self) -> int:
        """Months covered from the first to the last day."""
        return sum(month.state is Cover.WHOLE for month in self.months)

    @property
    def untold(self) -> bool:
        """Whether something rests on a contract that does not tell its term."""
        return any(month.untold for month in self.months)


def held(begin: date | None, end: date | None, stopped: date | None, renewals: Sequence[date]) -> Span:
    """The days on which a contract really holds: to its end, an early stop, or the day before a renewal."""
    ends = [day for day in (end, stopped) if day is not None]
    ends += [day_before(day) for day in renewals if begin is None or day > begin]
    return Span(begin, min(ends) if ends else None)


def coverage(spans: Sequence[Span], begin: date, end: date) -> Coverage:
    """Hold contracts against a period, day by day."""
    count = (end - begin).days + 1
    days = [begin + timedelta(days=number) for number in range(max(count, 0))]
    sure = {day: [span for span in spans if span.told and span.holds(day)] for day in days}
    perhaps = {day for day in days if not sure[day] and any(span.holds(day) for span in spans)}
    months = tuple(
        MonthCover(
            month,
            days_held(month, begin, end),
            sum(1 for day in days if day.replace(day=1) == month and sure[day]),
            sum(1 for day in perhaps if day.replace(day=1) == month),
        )
        for month in between(begin, end)
    )
    gaps = _runs([day for day in days if not sure[day] and day not in perhaps])
    overlaps = _runs([day for day in days if len(sure[day]) > 1])
    return Coverage(months, gaps, overlaps)


def _runs(days: Sequence[date]) -> tuple[Span, ...]:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return tuple(Span(first, last) for first, last in runs)

"""Office hours of a day: when working time passes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from chengyun.kernel.labelled import Labelled
from chengyun.worktime.problems import CalendarError, Problem
from chengyun.worktime.units import DAY, SECOND

_PERIOD = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?-(\d{1,2}):(\d{2})(?::(\d{2}))?")


class WorkdayEnd(Labelled):
    """At what time of its last day a limit in working days runs out."""

    CLOSING = "closing", "当日下班时", "At closing time"
    SAME_CLOCK = "same_clock", "与起算时刻相同", "At the same time of day"


class StartDay(Labelled):
    """Whether the working day on which a limit starts is its first day."""

    NEVER = "never", "起算当日不计", "Does not count"
    BEFORE_OPENING = "before_opening", "上班前起算的计当日", "Counts when started before opening"


@dataclass(frozen=True, slots=True)
class WorkdayMeaning:
    """The meaning of 工作日 that holds from one date on."""

    end: WorkdayEnd = WorkdayEnd.CLOSING
    start_day: StartDay = StartDay.NEVER


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Periods of one working day, as pairs of microseconds since midnight, sorted, none touching.

    Build it with ``of`` or ``parse``; a day may have one period or more, in whole seconds.
    """

    periods: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        edges = [edge for period in self.periods for edge in period]
        rising = all(a < b for a, b in pairwise(edges))
        if not edges or not rising or edges[0] < 0 or edges[-1] > DAY:
            raise CalendarError(Problem.HOURS)

    @classmethod
    def of(cls, *periods: tuple[time, time]) -> OfficeHours:
        """Make office hours from pairs of times; midnight as an end means 24:00."""
        return cls(tuple((_since_midnight(a), _since_midnight(b) or DAY) for a, b in periods))

    @classmethod
    def parse(cls, text: str) -> OfficeHours:
        """Read ``09:00-11:30,13:30-17:00``. Raises CalendarError when it reads differently."""
        periods = []
        for part in text.split(","):
            match = _PERIOD.fullmatch(part.strip())
            if match is None:
                raise CalendarError(Problem.HOURS)
            figures = [int(figure or 0) for figure in match.groups()]
            periods.append((_microseconds(*figures[:3]), _microseconds(*figures[3:])))
        return cls(tuple(periods))

    @property
    def opening(self) -> int:
        """Microseconds from midnight to opening."""
        return self.periods[0][0]

    @property
    def closing(self) -> int:
        """Microseconds from midnight to closing."""
        return self.periods[-1][1]

    @property
    def length(self) -> int:
        """Office time of one day, in microseconds."""
        return sum(end - start for start, end in self.periods)

    def __str__(self) -> str:
        return ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in self.periods)


def _since_midnight(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * SECOND


def _microseconds(hour: int, minute: int, second: int) -> int:
    if minute > 59 or second > 59:
        raise CalendarError(Problem.HOURS)
    return ((hour * 60 + minute) * 60 + second) * SECOND


def _clock(microseconds: int) -> str:
    minutes, seconds = divmod(microseconds // SECOND, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


DEFAULT_HOURS = OfficeHours.parse("09:00-11:30,13:30-17:00")
LONG_AGO = date(1900, 1, 1)

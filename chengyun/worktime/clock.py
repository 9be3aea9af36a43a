"""One clock of a case: a fold over the lines that were written about it. Pure.

The deadline is never "start plus limit": that forgets pauses when the limit or the calendar changes. The fold
replays every line under the calendar at hand, so a changed calendar or limit keeps each pause and extension.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chengyun.kernel.labelled import Labelled
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.limits import Limit
from chengyun.worktime.problems import CalendarError, Problem
from chengyun.worktime.units import OFFICE_UNITS, SECOND, Amount


def begin(calendar: WorkCalendar, at: datetime, limit: Limit) -> datetime:
    """The deadline of a clock that starts now."""
    return calendar.moment(calendar.due_place(calendar.place(at), limit.count, limit.unit))


def remaining(calendar: WorkCalendar, at: datetime, due: datetime, unit: str) -> float:
    """Seconds left in the unit's own counting (see ``WorkCalendar.remaining``); negative when overdue."""
    return calendar.remaining(at, due, unit)


def resume_due(calendar: WorkCalendar, at: datetime, seconds: float, unit: str) -> datetime:
    """The deadline of a clock that goes on at a moment with so many seconds left, in its own counting.

    With negative seconds the deadline lies before the moment: what was overdue stays overdue by as much.
    """
    if unit in OFFICE_UNITS:
        return calendar.add_work_seconds(at, seconds)
    return calendar.moment(calendar.place(at) + round(seconds * SECOND))


def extend(calendar: WorkCalendar, due: datetime, amount: Amount, unit: str) -> datetime:
    """The deadline moved on from where it stands, not from now (see ``WorkCalendar.shift``)."""
    return calendar.shift(due, amount, unit)


class LineKind(Labelled):
    """What can be written about a clock."""

    START = "start", "开始", "Started"
    PAUSE = "pause", "暂停", "Paused", "stopped"
    RESUME = "resume", "恢复", "Resumed"
    EXTEND = "extend", "延期", "Extended"
    RECOMPUTE = "recompute", "重算", "Recomputed"
    STOP = "stop", "停止", "Stopped"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One thing that happened to a clock. Make it with the constructors below."""

    kind: LineKind
    at: datetime
    amount: Amount | None = None
    unit: str = ""
    due: datetime | None = None
    why: str = ""
    outcome: str = ""

    @classmethod
    def start(cls, at: datetime, amount: Amount, unit: str) -> ClockLine:
        """The clock starts with a limit."""
        return cls(LineKind.START, at, amount=amount, unit=unit)

    @classmethod
    def pause(cls, at: datetime, why: str) -> ClockLine:
        """Time stops counting."""
        return cls(LineKind.PAUSE, at, why=why)

    @classmethod
    def resume(cls, at: datetime) -> ClockLine:
        """Time counts again."""
        return cls(LineKind.RESUME, at)

    @classmethod
    def extend(
        cls, at: datetime, amount: Amount | None = None, unit: str = "", *, due: datetime | None = None
    ) -> ClockLine:
        """More time: an amount on top of the present deadline, or a new deadline."""
        return cls(LineKind.EXTEND, at, amount=amount, unit=unit, due=due)

    @classmethod
    def recompute(cls, at: datetime, why: str, amount: Amount | None = None, unit: str = "") -> ClockLine:
        """The calendar changed; with an amount, the limit itself is another one from the start on."""
        return cls(LineKind.RECOMPUTE, at, amount=amount, unit=unit, why=why)

    @classmethod
    def stop(cls, at: datetime, outcome: str) -> ClockLine:
        """The stage is done, or the case is void."""
        return cls(LineKind.STOP, at, outcome=outcome)


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock after some lines.

    ``due_at`` is the deadline that stands; while paused, the one that stood at the pause or at an extension
    since. ``seconds`` is what was left then, in the unit's own counting. ``late`` remembers that the deadline
    had passed before the pause: a pause mends nothing.
    """

    unit: str
    started_at: datetime
    first_due_at: datetime
    due_at: datetime
    last_at: datetime
    paused_at: datetime | None = None
    pause_why: str = ""
    seconds: float = 0.0
    late: bool = False
    recomputed_at: datetime | None = None
    stopped_at: datetime | None = None
    outcome: str = ""

    def overdue(self, now: datetime) -> bool:
        """Tell whether the deadline has passed; a paused clock cannot become overdue."""
        if self.late or self.paused_at:
            return self.late
        return (self.stopped_at or now) > self.due_at

    @property
    def met(self) -> bool | None:
        """Whether a stopped clock kept its deadline; None while it runs."""
        return None if self.stopped_at is None else not self.overdue(self.stopped_at)

    def remaining(self, calendar: WorkCalendar, now: datetime) -> float:
        """Seconds left in the unit's own counting at a moment, or at the pause, or at the stop."""
        if self.paused_at:
            return self.seconds
        return remaining(calendar, self.stopped_at or now, self.due_at, self.unit)


def fold(calendar: WorkCalendar, lines: Iterable[ClockLine]) -> ClockState:
    """Replay the lines of one clock, in their order, under a calendar.

    Raises CalendarError for lines that contradict each other (two starts, a resume without a pause, time
    running backwards, anything after the stop) and for amounts the calendar refuses.
    """
    written = list(lines)
    if not written or written[0].kind is not LineKind.START:
        raise CalendarError(Problem.NOT_STARTED)
    first, rest = written[0], written[1:]
    changed = [line for line in rest if line.kind is LineKind.RECOMPUTE and line.amount is not None]
    limit = changed[-1] if changed else first
    state = ClockState(
        unit=limit.unit,
        started_at=first.at,
        first_due_at=_due(calendar, first.at, first),
        due_at=_due(calendar, first.at, limit),
        last_at=first.at,
    )
    for line in rest:
        state = _step(calendar, state, line)
    return state


def _due(calendar: WorkCalendar, at: datetime, line: ClockLine) -> datetime:
    if line.amount is None:
        raise CalendarError(Problem.NOT_A_NUMBER)
    return calendar.due(at, line.amount, line.unit)


def _step(calendar: WorkCalendar, state: ClockState, line: ClockLine) -> ClockState:
    if state.stopped_at is not None:
        raise CalendarError(Problem.STOPPED)
    if line.at < state.last_at:
        raise CalendarError(Problem.ORDER)
    state = replace(state, last_at=line.at)
    if line.kind is LineKind.PAUSE:
        return _pause(calendar, state, line)
    if line.kind is LineKind.RESUME:
        return _resume(calendar, state, line.at)
    if line.kind is LineKind.EXTEND:
        return _extend(calendar, state, line)
    if line.kind is LineKind.RECOMPUTE:
        return replace(state, recomputed_at=line.at)
    if line.kind is LineKind.STOP:
        running = _resume(calendar, state, line.at) if state.paused_at else state
        late = running.overdue(line.at)
        return replace(running, stopped_at=line.at, outcome=line.outcome, late=late)
    raise CalendarError(Problem.STARTED)


def _pause(calendar: WorkCalendar, state: ClockState, line: ClockLine) -> ClockState:
    if state.paused_at is not None:
        raise CalendarError(Problem.PAUSED)
    left = remaining(calendar, line.at, state.due_at, state.unit)
    late = state.overdue(line.at)
    return replace(state, paused_at=line.at, pause_why=line.why, seconds=left, late=late)


def _resume(calendar: WorkCalendar, state: ClockState, at: datetime) -> ClockState:
    if state.paused_at is None:
        raise CalendarError(Problem.RUNNING)
    due = _notional_due(calendar, state, at)
    return replace(state, due_at=due, paused_at=None, pause_why="", seconds=0.0)


def _notional_due(calendar: WorkCalendar, state: ClockState, at: datetime) -> datetime:
    """The deadline of a paused clock if it went on at this moment."""
    left = remaining(calendar, at, state.due_at, state.unit)
    if left == state.seconds:
        return state.due_at  # nothing counted meanwhile: a deadline set for the evening stays there
    return resume_due(calendar, at, state.seconds, state.unit)


def _extend(calendar: WorkCalendar, state: ClockState, line: ClockLine) -> ClockState:
    before = _notional_due(calendar, state, line.at) if state.paused_at else state.due_at
    if line.due is not None:
        after = calendar.moment(calendar.place(line.due))
    elif line.amount is not None:
        after = extend(calendar, before, line.amount, line.unit)
    else:
        raise CalendarError(Problem.NOT_A_NUMBER)
    if after <= before:
        raise CalendarError(Problem.EARLIER)
    late = state.late and after <= line.at
    left = remaining(calendar, line.at, after, state.unit) if state.paused_at else 0.0
    return replace(state, due_at=after, seconds=left, late=late)

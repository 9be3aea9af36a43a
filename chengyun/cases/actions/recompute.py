"""When the calendar changes, open clocks are worked out anew from their lines; no paused time is lost."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime

from chengyun.cases.ledger import DEADLINES
from chengyun.cases.models import Case, CaseClock, Deadline
from chengyun.kernel.writing import writing
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.clock import ClockLine, ClockState, fold
from chengyun.worktime.problems import CalendarError
from chengyun.worktime.queries import current_calendar

logger = logging.getLogger(__name__)
_BATCH = 500


def recompute_open_deadlines(now: datetime, reason: str) -> int:
    """Work out every open clock under the present calendar; return how many deadlines moved.

    1. Read open clocks that count office or elapsed time by a limit; dates set by hand stay.
    2. Fold their lines under the calendar.
    3. Where the deadline differs, append a line with the reason and bring clock and case up to date.

    Safe to run twice: the second time nothing differs.
    """
    calendar, moved, after = current_calendar(), 0, 0
    while True:
        clocks = list(
            CaseClock.objects.filter(ended_at__isnull=True, amount__gt=0, id__gt=after).order_by("id")[
                :_BATCH
            ]
        )
        if not clocks:
            break
        after = clocks[-1].pk
        with writing():
            moved += sum(
                _recompute(clock, lines, calendar, now, reason) for clock, lines in _with_lines(clocks)
            )
    logger.info("%s: %d open deadlines moved", reason, moved)
    return moved


def _with_lines(clocks: list[CaseClock]) -> Iterator[tuple[CaseClock, list[Deadline]]]:
    lines: dict[tuple[int, int], list[Deadline]] = {}
    for line in Deadline.objects.filter(case_id__in={clock.case_id for clock in clocks}).order_by("id"):
        lines.setdefault((line.case_id, line.clock_no), []).append(line)
    for clock in clocks:
        yield clock, lines.get((clock.case_id, clock.no), [])


def _recompute(
    clock: CaseClock, lines: Iterable[Deadline], calendar: WorkCalendar, now: datetime, reason: str
) -> bool:
    try:
        state = fold(calendar, _clock_lines(clock, lines))
    except CalendarError as error:
        logger.warning("clock %s of case %s was left as it is: %s", clock.no, clock.case_id, error)
        return False
    remaining = state.seconds if state.paused_at else None
    if state.due_at == clock.due_at and (remaining is None or remaining == clock.remaining):
        return False
    _write(clock, state, remaining, now, reason)
    return True


def _clock_lines(clock: CaseClock, lines: Iterable[Deadline]) -> Iterator[ClockLine]:
    yield ClockLine.start(clock.started_at, clock.amount, clock.unit)
    for line in lines:
        if line.why == "pause":
            yield ClockLine.pause(line.set_at, "")
        elif line.why == "resume":
            yield ClockLine.resume(line.set_at)
        elif line.why == "extend":
            yield ClockLine.extend(line.set_at, due=line.due_at)


def _write(clock: CaseClock, state: ClockState, remaining: float | None, now: datetime, reason: str) -> None:
    """Only if nobody moved the clock meanwhile."""
    same = CaseClock.objects.filter(
        pk=clock.pk, ended_at__isnull=True, due_at=clock.due_at, paused_at=clock.paused_at
    )
    if not same.update(due_at=state.due_at, remaining=remaining):
        return
    case = Case.objects.values("version").get(pk=clock.case_id)
    row = (clock.case_id, clock.no, case["version"], state.due_at, now, "recompute", reason[:200])
    DEADLINES.insert(row)
    running = CaseClock.objects.filter(case_id=clock.case_id, ended_at__isnull=True, paused_at__isnull=True)
    nearest = running.order_by("due_at").values("stage", "due_at").first()
    if nearest:
        Case.objects.filter(pk=clock.case_id).update(**nearest)

"""Clocks of a case follow its state: which start, pause, resume and end on a step. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from chengyun.cases.facts import CaseFacts, ClockFacts, DeadlineFacts, Surroundings
from chengyun.worktime import clock as clockwork
from chengyun.worktime import notices
from chengyun.worktime.limits import Limit
from chengyun.worktime.units import OFFICE_UNITS, Unit

# A due moment set by hand has no limit; its time is counted as it elapses.
_BY_HAND = Limit(Decimal(0), Unit.CALENDAR_DAY)


def follow(
    case: CaseFacts, verb: str, now: datetime, world: Surroundings, until: datetime | None = None
) -> None:
    """Bring the clocks in line with the state the case has just taken.

    ``until`` is a due moment set by hand (挂账至), used for clocks that begin in this step and have a
    date instead of a limit. The nearest running clock is copied into the case for the lists.
    """
    runs, pauses = case.loop.timers_in[case["state"]]
    unjudged = verb in case.loop.unjudged
    for clock in case.living_clocks:
        if clock.stage in runs:
            if (
                verb in case.loop.timer_named[clock.stage].renewed_by
                and clock.holder_id != case["lead_unit_id"]
            ):
                end(case, clock, now, judged=False)
            elif clock.paused_at is not None:
                _resume(case, clock, now, world)
        elif clock.stage in pauses:
            if clock.paused_at is None:
                _pause(case, clock, now, world)
        else:
            end(case, clock, now, judged=not unjudged)
    ticking = [clock.stage for clock in case.clocks if clock.ended_at is None]
    for stage in runs:
        if stage not in ticking:
            _begin(case, stage, now, world, until)
    show_nearest(case)


def _begin(case: CaseFacts, stage: str, now: datetime, world: Surroundings, until: datetime | None) -> None:
    by_hand = until if stage == "suspension" else world.deadlines.get(stage)
    if by_hand is None and case.loop.timer_named[stage].given:
        return
    limit = _BY_HAND if by_hand is not None else world.limit(case, stage, now)
    due = by_hand or clockwork.begin(world.calendar, now, limit)
    if due.year not in world.calendar.official_years:
        notices.log_once(world.calendar, due, limit.unit)
    case.last_clock += 1
    case.clocks.append(
        ClockFacts(
            no=case.last_clock,
            stage=stage,
            holder_id=case.row["lead_unit_id"],
            amount=limit.amount,
            unit=str(limit.unit),
            limit_row=limit.row_id or None,
            started_at=now,
            first_due_at=due,
            due_at=due,
        )
    )
    case.deadlines.append(DeadlineFacts(case.last_clock, case["version"], due, now, "start"))


def give(case: CaseFacts, stage: str, until: datetime, now: datetime, world: Surroundings, note: str) -> None:
    """Set the moment of a ``given`` clock: begin it, or move it where it runs already."""
    clock = case.clock_on(stage)
    if clock is not None:
        extend(case, clock, until, now, note)
        return
    _begin(case, stage, now, replace(world, deadlines={stage: until}), None)
    show_nearest(case)


def _pause(case: CaseFacts, clock: ClockFacts, now: datetime, world: Surroundings) -> None:
    clock.paused_at = now
    clock.remaining = _left(clock, now, world)
    clock.changed = True
    case.deadlines.append(DeadlineFacts(clock.no, case["version"], clock.due_at, now, "pause"))


def _resume(case: CaseFacts, clock: ClockFacts, now: datetime, world: Surroundings) -> None:
    """Go on with what was left; what was overdue stays overdue by as much."""
    assert clock.remaining is not None
    if _left(clock, now, world) != clock.remaining:  # else nothing counted meanwhile, as over a night
        if clock.unit in OFFICE_UNITS:
            clock.due_at = clockwork.resume_due(world.calendar, now, clock.remaining, clock.unit)
        else:
            clock.due_at = now + timedelta(seconds=clock.remaining)
    clock.paused_at = clock.remaining = None
    clock.changed = True
    case.deadlines.append(DeadlineFacts(clock.no, case["version"], clock.due_at, now, "resume"))


def _left(clock: ClockFacts, now: datetime, world: Surroundings) -> float:
    """Seconds left in the clock's own counting."""
    if clock.unit in OFFICE_UNITS:
        return clockwork.remaining(world.calendar, now, clock.due_at, clock.unit)
    # Elapsed time needs no calendar, and a date set by hand may lie beyond it.
    return (clock.due_at - now).total_seconds()


def end(case: CaseFacts, clock: ClockFacts, now: datetime, *, judged: bool) -> None:
    """End a clock. It is judged by the moment it stopped running, which for a paused one is the pause."""
    clock.ended_at = clock.paused_at or now
    clock.changed = True
    if not judged:
        clock.result = "withdrawn"
        return
    missed = clock.ended_at > clock.due_at
    clock.result = "missed" if missed else "met"
    if missed:
        case["overdue_stages"] = case["overdue_stages"] + 1


def extend(case: CaseFacts, clock: ClockFacts, until: datetime, now: datetime, note: str) -> None:
    """Move a deadline by approval. The first deadline stays in the clock, each one in the deadlines."""
    clock.due_at = until
    clock.changed = True
    case.deadlines.append(DeadlineFacts(clock.no, case["version"], until, now, "extend", note))
    show_nearest(case)


def show_nearest(case: CaseFacts) -> None:
    """Copy the nearest running clock into the row that lists read."""
    nearest: ClockFacts | None = None
    suspended = False
    for clock in case.clocks:
        if clock.ended_at is None and clock.paused_at is None:
            suspended = suspended or clock.stage == "suspension"
            if nearest is None or clock.due_at < nearest.due_at:
                nearest = clock
    case["stage"] = nearest.stage if nearest else ""
    case["due_at"] = nearest.due_at if nearest else None
    case["paused"] = suspended

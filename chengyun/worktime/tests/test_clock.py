"""Clocks: no paused time is ever lost, no first deadline erased, no missed deadline mended by a pause."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime import clock
from chengyun.worktime.calendar import CalendarError, OfficeHours, Unit, WorkCalendar
from chengyun.worktime.clock import ClockLine, fold
from chengyun.worktime.hours import DEFAULT_HOURS
from chengyun.worktime.limits import Limit
from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.problems import Problem

CALENDAR = packaged_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def test_a_pause_moves_the_deadline_by_the_office_time_that_passed():
    lines = [ClockLine.start(at("03-02T10:00"), 5, "workday"), ClockLine.pause(at("03-03T10:00"), "补充材料")]
    paused = fold(CALENDAR, lines)
    assert paused.due_at == at("03-09T17:00")
    assert paused.seconds == (5 + 4 * 6) * 3600
    assert paused.pause_why == "补充材料"
    assert not paused.overdue(at("03-30T10:00"))
    resumed = fold(CALENDAR, [*lines, ClockLine.resume(at("03-05T10:00"))])
    assert resumed.due_at == at("03-11T17:00")
    assert resumed.first_due_at == at("03-09T17:00")


def test_a_pause_on_a_continuous_clock_counts_nights():
    lines = [ClockLine.start(at("03-02T20:00"), 2, "hour"), ClockLine.pause(at("03-02T20:30"), "核实")]
    assert fold(CALENDAR, [*lines, ClockLine.resume(at("03-03T03:00"))]).due_at == at("03-03T04:30")


def test_a_changed_calendar_keeps_the_pause():
    """GLPI's fault: recomputing from start and limit forgets what was paused."""
    lines = [
        ClockLine.start(at("03-02T10:00"), 3, "workday"),
        ClockLine.pause(at("03-03T09:00"), "等待"),
        ClockLine.resume(at("03-05T09:00")),
        ClockLine.recompute(at("03-06T12:00"), "发布日历"),
    ]
    assert fold(CALENDAR, lines).due_at == at("03-09T17:00")
    holiday = WorkCalendar.prepare({date(2026, 3, 9): False}, [2026])
    state = fold(holiday, lines)
    assert state.due_at == at("03-10T17:00")
    assert state.recomputed_at == at("03-06T12:00")


def test_a_changed_limit_keeps_pause_extension_and_first_deadline():
    lines = [
        ClockLine.start(at("03-02T10:00"), 3, "workday"),
        ClockLine.pause(at("03-03T09:00"), "等待"),
        ClockLine.resume(at("03-05T09:00")),
        ClockLine.extend(at("03-05T10:00"), 1, "workday"),
        ClockLine.recompute(at("03-06T12:00"), "时限改为 5 个工作日", 5, "workday"),
    ]
    state = fold(CALENDAR, lines)
    assert state.due_at == at("03-12T17:00")  # 9 March, two days paused, one day extended
    assert state.first_due_at == at("03-05T17:00")


def test_an_extension_moves_on_from_the_deadline():
    start = ClockLine.start(at("02-10T10:00"), 3, "workday")
    assert fold(CALENDAR, [start]).due_at == at("02-13T17:00")
    state = fold(CALENDAR, [start, ClockLine.extend(at("02-11T10:00"), 2, "workday")])
    assert state.due_at == at("02-24T17:00")  # 14 February works, then the Spring Festival
    assert state.first_due_at == at("02-13T17:00")
    state = fold(CALENDAR, [start, ClockLine.extend(at("02-11T10:00"), due=at("02-28T20:00"))])
    assert state.due_at == at("02-28T20:00")


@pytest.mark.parametrize(
    ("due", "amount", "unit", "extended"),
    [
        ("03-03T00:00", 1, "calendar_day", "03-04T00:00"),  # 24:00 of the second becomes 24:00 of the third
        ("03-02T11:00", 1, "workday", "03-03T11:00"),  # a deadline in the middle of a day keeps its time
        ("03-02T17:00", 1, "workday", "03-03T17:00"),
        ("03-02T20:00", 1, "workday", "03-03T17:00"),
        ("03-02T17:00", Decimal("1.5"), "workhour", "03-03T10:30"),
        ("03-02T17:00", 1, "day", "03-03T17:00"),
        ("03-02T17:00", 0, "workday", "03-02T17:00"),
    ],
)
def test_extend(due, amount, unit, extended):
    assert clock.extend(CALENDAR, at(due), amount, unit) == at(extended)


def test_an_extension_while_paused():
    lines = [
        ClockLine.start(at("03-02T10:00"), 1, "workday"),
        ClockLine.pause(at("03-03T15:00"), "等待"),
        ClockLine.extend(at("03-04T10:00"), 1, "workday"),
        ClockLine.resume(at("03-05T09:00")),
    ]
    # Two office hours were left, so on 4 March the deadline would have been 13:30 + 0.5 h; one day later.
    assert fold(CALENDAR, lines[:3]).seconds == 8 * 3600
    assert fold(CALENDAR, lines).due_at == at("03-06T11:00")


def test_a_missed_deadline_stays_missed():
    lines = [
        ClockLine.start(at("03-02T10:00"), 1, "workday"),
        ClockLine.pause(at("03-03T20:00"), "超时之后"),
    ]
    assert fold(CALENDAR, lines).overdue(at("03-03T20:00"))
    resumed = fold(CALENDAR, [*lines, ClockLine.resume(at("03-05T10:00"))])
    assert resumed.overdue(at("03-05T10:00"))
    stopped = fold(CALENDAR, [*lines, ClockLine.stop(at("03-05T10:00"), "办结")])
    assert stopped.met is False
    extended = [
        *lines,
        ClockLine.resume(at("03-05T10:00")),
        ClockLine.extend(at("03-05T10:00"), 2, "workday"),
    ]
    assert not fold(CALENDAR, extended).overdue(at("03-05T10:00"))


def test_what_was_overdue_stays_overdue_by_as_much():
    assert clock.remaining(CALENDAR, at("03-03T10:00"), at("03-02T17:00"), "workday") == -3600
    assert clock.resume_due(CALENDAR, at("03-05T10:00"), -3600, "workday") == at("03-04T17:00")
    assert clock.resume_due(CALENDAR, at("03-05T10:00"), -3600, "hour") == at("03-05T09:00")


def test_met_and_outcome():
    start = ClockLine.start(at("03-02T10:00"), 1, "workday")
    running = fold(CALENDAR, [start])
    assert running.met is None
    assert running.remaining(CALENDAR, at("03-03T16:00")) == 3600
    in_time = fold(CALENDAR, [start, ClockLine.stop(at("03-03T17:00"), "办结")])
    assert in_time.met is True
    assert in_time.outcome == "办结"
    assert in_time.remaining(CALENDAR, at("06-01T10:00")) == 0
    assert fold(CALENDAR, [start, ClockLine.stop(at("03-03T17:00:00.000001"), "办结")]).met is False
    paused = [start, ClockLine.pause(at("03-03T10:00"), "等待"), ClockLine.stop(at("04-03T10:00"), "撤销")]
    assert fold(CALENDAR, paused).met is True


def test_a_pause_without_counted_time_leaves_an_evening_deadline_alone():
    lines = [
        ClockLine.start(at("03-02T10:00"), 1, "workday"),
        ClockLine.extend(at("03-02T11:00"), due=at("03-03T20:00")),
        ClockLine.pause(at("03-02T18:00"), "等待"),
        ClockLine.resume(at("03-02T19:00")),
    ]
    assert fold(CALENDAR, lines).due_at == at("03-03T20:00")


START = ClockLine.start(at("03-02T10:00"), 1, "workday")
PAUSE = ClockLine.pause(at("03-02T11:00"), "等待")
STOP = ClockLine.stop(at("03-02T12:00"), "办结")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], Problem.NOT_STARTED),
        ([PAUSE], Problem.NOT_STARTED),
        ([START, START], Problem.STARTED),
        ([START, PAUSE, PAUSE], Problem.PAUSED),
        ([START, ClockLine.resume(at("03-02T11:00"))], Problem.RUNNING),
        ([START, STOP, ClockLine.pause(at("03-02T13:00"), "")], Problem.STOPPED),
        ([START, ClockLine.pause(at("03-01T11:00"), "")], Problem.ORDER),
        ([START, ClockLine.extend(at("03-02T11:00"), due=at("03-03T16:00"))], Problem.EARLIER),
        ([START, ClockLine.extend(at("03-02T11:00"), 0, "workday")], Problem.EARLIER),
        ([START, ClockLine.extend(at("03-02T11:00"))], Problem.NOT_A_NUMBER),
        ([ClockLine(clock.LineKind.START, at("03-02T10:00"))], Problem.NOT_A_NUMBER),
    ],
)
def test_lines_that_contradict_each_other_are_refused(lines, problem):
    with pytest.raises(CalendarError) as refusal:
        fold(CALENDAR, lines)
    assert refusal.value.problem is problem


moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 30), timezones=st.just(SHANGHAI))


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(1, 40), st.sampled_from(list(Unit)), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_pause_never_costs_nor_gives_counted_time(start, amount, unit, before, pause):
    paused_at = start + timedelta(seconds=before)
    resumed_at = paused_at + timedelta(seconds=pause)
    lines = [ClockLine.start(start, amount, unit), ClockLine.pause(paused_at, "等待")]
    left = fold(CALENDAR, lines).seconds
    resumed = fold(CALENDAR, [*lines, ClockLine.resume(resumed_at)])
    assert resumed.remaining(CALENDAR, resumed_at) == left
    assert resumed.due_at >= resumed.first_due_at


def test_begin_takes_a_limit():
    limit = Limit(Decimal("2.500"), Unit.WORKHOUR)
    assert clock.begin(CALENDAR, at("03-02T09:00"), limit) == at("03-02T11:30")


def test_a_clock_across_changed_office_hours():
    calendar = WorkCalendar.prepare(
        {}, [2026], [(date(2026, 1, 1), DEFAULT_HOURS), (date(2026, 3, 4), OfficeHours.parse("08:00-12:00"))]
    )
    lines = [ClockLine.start(at("03-02T10:00"), 2, "workday"), ClockLine.pause(at("03-03T16:00"), "等待")]
    assert fold(calendar, lines).seconds == 5 * 3600
    assert fold(calendar, [*lines, ClockLine.resume(at("03-04T07:00"))]).due_at == at("03-05T09:00")

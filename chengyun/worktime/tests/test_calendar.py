"""Due times at every edge, and against the slow truth."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime.calendar import CalendarError, OfficeHours, Unit, WorkCalendar, WorkdayMeaning
from chengyun.worktime.hours import DEFAULT_HOURS, StartDay, WorkdayEnd
from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.problems import Problem
from chengyun.worktime.tests import oracle

CALENDAR = packaged_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # Over National Day 2026 (1 to 7 October, 10 October is a make-up Saturday).
        ("2026-09-30T16:40", 5, "workday", "2026-10-13T17:00"),
        ("2026-10-03T10:00", 1, "workday", "2026-10-08T17:00"),  # on a holiday
        ("2026-09-24T23:59:59.999999", 1, "workday", "2026-09-28T17:00"),  # Mid-Autumn 25 to 27 September
        ("2026-02-13T17:00", 2, "workhour", "2026-02-14T11:00"),  # make-up Saturday
        ("2026-02-13T10:00", 1, "workday", "2026-02-14T17:00"),
        ("2026-02-14T10:00", 1, "workday", "2026-02-24T17:00"),
        ("2026-12-31T16:00", 2, "workhour", "2027-01-01T10:00"),  # across the year, 2027 has no table
        (
            "2025-12-31T10:00",
            1,
            "workday",
            "2026-01-04T17:00",
        ),  # across the year, 4 January is a make-up Sunday
        ("2026-03-02T09:00", 2.5, "workhour", "2026-03-02T11:30"),  # the earliest moment, not 13:30
        ("2026-03-02T09:00", Decimal("2.5"), "workhour", "2026-03-02T11:30"),
        ("2026-03-02T12:15", 1, "workhour", "2026-03-02T14:30"),  # at lunch
        ("2026-03-02T11:30", 1, "workhour", "2026-03-02T14:30"),
        ("2026-03-02T16:59:59", 1, "workhour", "2026-03-03T09:59:59"),
        ("2026-03-02T17:00", 1, "workhour", "2026-03-03T10:00"),  # the closing second
        ("2026-03-02T08:00", 6, "workhour", "2026-03-02T17:00"),
        ("2026-03-02T08:00", 12, "workhour", "2026-03-03T17:00"),
        ("2026-03-02T16:59:59.500000", Decimal("0.001"), "workhour", "2026-03-03T09:00:03.100000"),
        ("2026-10-01T03:00", 0.25, "hour", "2026-10-01T03:15"),
        ("2026-10-01T03:00", 1.5, "day", "2026-10-02T15:00"),
        ("2026-09-30T16:40", 1, "calendar_day", "2026-10-02T00:00"),
        ("2026-09-30T00:00", 1, "calendar_day", "2026-10-02T00:00"),
        ("2024-02-28T09:00", 2, "calendar_day", "2024-03-02T00:00"),  # leap year
        *(("2026-10-03T12:15", 0, unit, "2026-10-03T12:15") for unit in Unit),
        *(("2026-10-03T12:15", Decimal("0.00"), unit, "2026-10-03T12:15") for unit in Unit),
    ],
)
def test_due(start, amount, unit, due):
    found = CALENDAR.due(at(start), amount, unit)
    assert found == at(due)
    assert found.utcoffset() == timedelta(hours=8)


def test_make_up_days_and_holidays_of_2025_and_2026():
    make_up = ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]
    make_up += ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert all(CALENDAR.is_working_day(date.fromisoformat(day)) for day in make_up)
    off = [(1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5), (6, 19, 21), (9, 25, 27), (10, 1, 7)]
    for month, first, last in off:
        assert not any(CALENDAR.is_working_day(date(2026, month, day)) for day in range(first, last + 1))


def test_years_without_a_table_work_from_monday_to_friday_and_say_so():
    assert CALENDAR.official(date(2026, 12, 31))
    assert not CALENDAR.official(date(2027, 1, 1))
    assert CALENDAR.is_working_day(date(2027, 10, 1))
    assert not CALENDAR.is_working_day(date(2027, 10, 2))


def test_other_time_zones_and_microseconds():
    start = datetime(
        2026, 3, 1, 20, 30, 0, 7, tzinfo=timezone(timedelta(hours=-5))
    )  # Monday 09:30 in Shanghai
    assert CALENDAR.due(start, 1, Unit.WORKHOUR) == at("2026-03-02T10:30:00.000007")
    assert CALENDAR.due(start.astimezone(UTC), 1, Unit.WORKDAY) == at("2026-03-03T17:00")


@pytest.mark.parametrize(
    ("amount", "unit", "problem"),
    [
        (1.5, "workday", Problem.FRACTION),
        (Decimal("0.5"), "calendar_day", Problem.FRACTION),
        (-1, "hour", Problem.NEGATIVE),
        (Decimal("-0.1"), "workhour", Problem.NEGATIVE),
        (math.nan, "hour", Problem.NOT_FINITE),
        (-math.inf, "day", Problem.NOT_FINITE),
        (Decimal("NaN"), "hour", Problem.NOT_FINITE),
        (Decimal("sNaN"), "workday", Problem.NOT_FINITE),
        (10**400, "workday", Problem.TOO_LARGE),
        (1e300, "hour", Problem.TOO_LARGE),
        (True, "workday", Problem.NOT_A_NUMBER),
        ("5", "workday", Problem.NOT_A_NUMBER),
        (None, "workday", Problem.NOT_A_NUMBER),
        (1, "week", Problem.UNIT),
        (1, None, Problem.UNIT),
        (1, ["workday"], Problem.UNIT),
        (900_000, "workday", Problem.OUTSIDE),
        (900_000, "day", Problem.OUTSIDE),
        (900_000, "workhour", Problem.OUTSIDE),
        (900_000, "calendar_day", Problem.OUTSIDE),
    ],
)
def test_bad_amounts_and_units_are_refused(amount, unit, problem):
    with pytest.raises(CalendarError) as refusal:
        CALENDAR.due(at("2026-03-02T10:00"), amount, unit)
    assert refusal.value.problem is problem


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        (datetime(2026, 3, 2, 10), Problem.NAIVE),
        (date(2026, 3, 2), Problem.NOT_A_MOMENT),
        ("2026-03-02", Problem.NOT_A_MOMENT),
        (1_700_000_000, Problem.NOT_A_MOMENT),
        (datetime(2003, 12, 31, 23, 59, tzinfo=SHANGHAI), Problem.OUTSIDE),
        (datetime(2051, 1, 1, tzinfo=SHANGHAI), Problem.OUTSIDE),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), Problem.OUTSIDE),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), Problem.OUTSIDE),
    ],
)
def test_bad_starts_are_refused(start, problem):
    with pytest.raises(CalendarError) as refusal:
        CALENDAR.due(start, 1, "workday")
    assert refusal.value.problem is problem


def test_the_last_day_is_covered():
    last = datetime(2050, 12, 31, 10, tzinfo=SHANGHAI)
    assert CALENDAR.due(last, 14, "hour") == datetime(2051, 1, 1, tzinfo=SHANGHAI)
    with pytest.raises(CalendarError, match="2004"):
        CALENDAR.due(last, 15, "hour")


def test_office_hours_may_change_by_date():
    winter = OfficeHours.parse("08:30-12:00, 13:00-16:30")
    calendar = WorkCalendar.prepare({}, [], [(date(2026, 3, 3), winter), (date(2026, 1, 1), DEFAULT_HOURS)])
    assert calendar.due(at("2026-03-02T16:00"), 2, "workhour") == at("2026-03-03T09:30")
    assert calendar.due(at("2026-03-02T16:00"), 1, "workday") == at("2026-03-03T16:30")
    assert calendar.due(at("2025-12-01T16:00"), 1, "workday") == at("2025-12-02T17:00")
    assert calendar.office_hours(date(2026, 3, 7)) == winter
    assert calendar.office_hours(date(2024, 3, 1)) == DEFAULT_HOURS


@pytest.mark.parametrize(
    "text", ["", "9-17", "09:00-08:00", "09:00-11:30,11:30-17:00", "13:00-17:00,09:00-11:00", "09:00-24:01",
             "09:60-17:00", "09:00-09:00", "09:00-11:30;13:30-17:00"],
)  # fmt: skip
def test_bad_office_hours_are_refused(text):
    with pytest.raises(CalendarError) as refusal:
        OfficeHours.parse(text)
    assert refusal.value.problem is Problem.HOURS


def test_office_hours_read_and_write():
    assert str(OfficeHours.parse("9:00-11:30:15, 13:30-24:00")) == "09:00-11:30:15,13:30-24:00"
    assert OfficeHours.of((time(9), time(0))).closing == 24 * 3600 * 1_000_000


@pytest.mark.parametrize(
    ("meaning", "start", "due"),
    [
        (WorkdayMeaning(end=WorkdayEnd.SAME_CLOCK), "2026-03-02T10:15", "2026-03-03T10:15"),
        (WorkdayMeaning(end=WorkdayEnd.SAME_CLOCK), "2026-03-02T12:15", "2026-03-03T13:30"),
        (WorkdayMeaning(end=WorkdayEnd.SAME_CLOCK), "2026-03-02T17:00", "2026-03-03T17:00"),
        (WorkdayMeaning(end=WorkdayEnd.SAME_CLOCK), "2026-02-28T20:00", "2026-03-03T09:00"),
        (WorkdayMeaning(start_day=StartDay.BEFORE_OPENING), "2026-03-02T08:59:59", "2026-03-02T17:00"),
        (WorkdayMeaning(start_day=StartDay.BEFORE_OPENING), "2026-03-02T09:00", "2026-03-03T17:00"),
        (WorkdayMeaning(start_day=StartDay.BEFORE_OPENING), "2026-03-01T08:00", "2026-03-02T17:00"),
        (WorkdayMeaning(), "2026-03-01T08:00", "2026-03-02T17:00"),
    ],
)
def test_a_dated_row_may_give_the_working_day_another_meaning(meaning, start, due):
    rules = {date(2026, 2, 28): True}
    calendar = WorkCalendar.prepare(rules, [2026], meanings=[(date(2026, 2, 1), meaning)])
    assert calendar.due(at(start), 1, "workday") == at(due)
    assert calendar.due(at("2026-01-05T08:00"), 1, "workday") == at("2026-01-06T17:00")
    moment = at(start).timestamp()
    assert calendar.due_many([moment], [1], "workday")[0] == at(due).timestamp()


moments = st.datetimes(
    datetime(2004, 1, 1), datetime(2025, 12, 31), timezones=st.sampled_from([SHANGHAI, UTC])
)
late = moments.filter(lambda moment: moment.astimezone(SHANGHAI).year >= 2004)
hours = st.sampled_from(["09:00-11:30,13:30-17:00", "00:00-24:00", "08:00-12:00,14:00-18:00,19:00-20:00"])


@settings(max_examples=400, deadline=None)
@given(late, st.integers(0, 400_000), hours)
def test_working_hours_agree_with_the_slow_truth(start, seconds, text):
    office = OfficeHours.parse(text)
    due = packaged_calendar(office).due(start, Decimal(seconds) / 3600, Unit.WORKHOUR)
    assert due == oracle.workhour(start, timedelta(seconds=seconds), office)
    assert packaged_calendar(office).work_seconds(start, due) == seconds


@settings(max_examples=300, deadline=None)
@given(late, st.integers(0, 60), hours)
def test_working_days_agree_with_the_slow_truth(start, count, text):
    office = OfficeHours.parse(text)
    assert packaged_calendar(office).due(start, count, Unit.WORKDAY) == oracle.workday(start, count, office)


@settings(max_examples=200, deadline=None)
@given(late, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_office_time_between_agrees_with_the_slow_truth(start, gap):
    end = start + gap
    expected = oracle.work_time(start, end, DEFAULT_HOURS)
    assert CALENDAR.work_seconds(start, end) == pytest.approx(expected.total_seconds(), abs=1e-6)
    assert CALENDAR.work_seconds(end, start) == 0


@settings(max_examples=200, deadline=None)
@given(late, st.integers(-2_000_000, 2_000_000))
def test_adding_office_seconds_is_exact_both_ways(start, seconds):
    if CALENDAR.office_place(CALENDAR.place(start)) + seconds * 1_000_000 <= 0:
        return
    there = CALENDAR.add_work_seconds(start, seconds)
    assert CALENDAR.remaining(start, there, Unit.WORKHOUR) == seconds
    assert CALENDAR.remaining(there, start, Unit.WORKHOUR) == -seconds

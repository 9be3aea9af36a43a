"""A batch answers as the single call does."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime.calendar import CalendarError, OfficeHours, Unit, WorkCalendar
from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.problems import Problem

CALENDAR = packaged_calendar()
START = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI).timestamp()

moments = st.datetimes(datetime(2004, 1, 1), datetime(2030, 1, 1), timezones=st.just(SHANGHAI))
whole = st.tuples(moments, st.integers(0, 300), st.sampled_from(list(Unit)))
parts = st.tuples(
    moments, st.floats(0, 300, allow_nan=False), st.sampled_from([Unit.WORKHOUR, Unit.HOUR, Unit.DAY])
)


@settings(max_examples=100, deadline=None)
@given(st.lists(whole | parts, min_size=1, max_size=60))
def test_a_batch_equals_the_single_calls(rows):
    changing = WorkCalendar.prepare(
        {date(2026, 10, 1): False, date(2026, 10, 10): True},
        [2026],
        [
            (date(2004, 1, 1), OfficeHours.parse("08:00-12:00")),
            (date(2020, 6, 1), OfficeHours.parse("09:00-11:30,13:30-17:00,18:00-19:00")),
        ],
    )
    for calendar in (CALENDAR, changing):
        starts = [moment.timestamp() for moment, _, _ in rows]
        found = calendar.due_many(
            starts, [float(amount) for _, amount, _ in rows], [unit for *_, unit in rows]
        )
        assert found.tolist() == [calendar.due(*row).timestamp() for row in rows]


def test_one_unit_and_one_amount_serve_every_row():
    found = CALENDAR.due_many(np.array([int(START), int(START) + 86_400]), 1, "workday")
    assert found.tolist() == [
        CALENDAR.due(datetime.fromtimestamp(start, SHANGHAI), 1, "workday").timestamp()
        for start in (START, START + 86_400)
    ]
    assert CALENDAR.due_many(np.array([], dtype=np.int64), [], "hour").tolist() == []


@pytest.mark.parametrize(
    ("starts", "amounts", "units", "problem"),
    [
        ([START], [1.5], "workday", Problem.FRACTION),
        ([START], [-1], "hour", Problem.NEGATIVE),
        ([START], [np.nan], "hour", Problem.NOT_FINITE),
        ([START], [1e12], "hour", Problem.TOO_LARGE),
        ([START], [True], "hour", Problem.NOT_A_NUMBER),
        ([START], ["1"], "hour", Problem.NOT_A_NUMBER),
        ([START], [1], "week", Problem.UNIT),
        ([START], [1], ["hour", "hour"], Problem.UNIT),
        ([START, START], [1, 2, 3], "hour", Problem.NOT_A_NUMBER),
        ([START], [900_000], "workday", Problem.OUTSIDE),
        ([START], [900_000], "workhour", Problem.OUTSIDE),
        ([0], [1], "hour", Problem.OUTSIDE),
        ([np.inf], [1], "hour", Problem.NOT_FINITE),
        (["now"], [1], "hour", Problem.NOT_A_MOMENT),
    ],
)
def test_a_bad_row_is_refused(starts, amounts, units, problem):
    with pytest.raises(CalendarError) as refusal:
        CALENDAR.due_many(starts, amounts, units)
    assert refusal.value.problem is problem

"""Degrees, scores, lights, periods: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from chengyun.budget.performance.lights import (
    Part,
    Thresholds,
    attainment_light,
    attainment_of,
    execution_light,
    time_share,
)
from chengyun.budget.performance.periods import periods_of, words_of, year_so_far
from chengyun.budget.performance.scoring import degree_of, far_beyond, grade_of, score_of
from chengyun.budget.performance.words import Light

LIMITS = Thresholds(Decimal(10), Decimal(25), Decimal(15), Decimal(30), Decimal(95), Decimal(80))
GRADES = [(Decimal(90), "优"), (Decimal(75), "良"), (Decimal(60), "合格"), (Decimal(0), "不合格")]


@pytest.mark.parametrize(
    ("comparator", "value", "target", "upper", "degree"),
    [
        ("at_least", "98", "98", None, "1"),
        ("at_least", "120", "98", None, "1"),
        ("at_least", "49", "98", None, "0.5"),
        ("at_most", "80", "100", None, "1"),
        ("at_most", "125", "100", None, "0.8"),
        ("at_most", "5", "0", None, "0"),
        ("equal", "43", "43", None, "1"),
        ("equal", "40", "43", None, "0.9302"),
        ("equal", "46", "43", None, "0.9348"),
        ("between", "5", "4", "6", "1"),
        ("between", "2", "4", "6", "0.5"),
        ("between", "12", "4", "6", "0.5"),
        ("at_least", "-1", "98", None, "0"),
    ],
)
def test_degree(comparator, value, target, upper, degree):
    assert degree_of(
        comparator, Decimal(value), Decimal(target), Decimal(upper) if upper else None
    ) == Decimal(degree)


def test_score_and_grade():
    assert score_of(Decimal("0.9302"), Decimal(10)) == Decimal("9.30")
    assert [grade_of(Decimal(score), Decimal(100), GRADES) for score in (90, 89, 60, 59)] == [
        "优",
        "良",
        "合格",
        "不合格",
    ]
    assert grade_of(Decimal(45), Decimal(50), GRADES) == "优"
    assert grade_of(Decimal(0), Decimal(0), GRADES) == ""
    assert far_beyond("at_least", Decimal(130), Decimal(100), Decimal(130))
    assert not far_beyond("at_most", Decimal(10), Decimal(100), Decimal(130))


@pytest.mark.parametrize(
    ("rate", "light", "code"),
    [
        ("0.50", Light.GREEN, None),
        ("0.40", Light.GREEN, None),
        ("0.39", Light.YELLOW, "behind"),
        ("0.24", Light.RED, "behind"),
        ("0.66", Light.YELLOW, "ahead"),
        ("0.81", Light.RED, "ahead"),
        (None, Light.NONE, "no_execution"),
    ],
)
def test_execution_against_time(rate, light, code):
    found, reason = execution_light(Decimal(rate) if rate else None, Decimal("0.5"), LIMITS)
    assert found is light
    assert (reason.code if reason else None) == code


def test_a_gap_is_neither_nought_nor_full_marks():
    parts = [Part(Decimal(60), Decimal(1)), Part(Decimal(40), None)]
    assert attainment_of(parts) == (Decimal(1), Decimal(60), Decimal(100))
    assert attainment_light(parts, LIMITS) is Light.GREEN
    assert attainment_light([Part(Decimal(100), None)], LIMITS) is Light.NONE
    assert (
        attainment_light([Part(Decimal(95), Decimal(1)), Part(Decimal(5), Decimal("0.5"))], LIMITS)
        is Light.YELLOW
    )
    assert attainment_light([Part(Decimal(50), Decimal("0.5"))], LIMITS) is Light.RED


def test_periods():
    assert len(periods_of(2026, "month")) == 12
    assert len(periods_of(2026, "quarter")) == 4
    assert [words_of(*span) for span in periods_of(2026, "month")[:2]] == ["2026-01", "2026-02"]
    begin, end = year_so_far(2026, datetime(2026, 7, 2, 17, tzinfo=UTC))  # already the 3rd in Shanghai
    assert words_of(begin, end) == "2026-01-01 – 2026-07-02"
    assert words_of(*year_so_far(2025, datetime(2026, 7, 3, tzinfo=UTC))) == "2025"
    assert year_so_far(2026, datetime(2026, 1, 1, 1, tzinfo=UTC)) is None
    assert time_share(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31)) == 1
    assert time_share(date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 31)) == 0

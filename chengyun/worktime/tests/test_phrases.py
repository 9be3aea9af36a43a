"""What is left, in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.phrases import phrase

CALENDAR = packaged_calendar()
NOW = datetime(2026, 3, 2, 15, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "unit", "said"),
    [
        ("03T17:00", "workday", "还剩 1 个工作日 2 小时"),
        ("02T15:40", "workhour", "还剩 40 分钟"),
        ("02T15:00:20", "hour", "还剩 不足 1 分钟"),
        ("03T17:00", "hour", "还剩 1 天 2 小时"),
        ("02T12:00", "hour", "超时 3 小时"),
        ("02T11:30", "workhour", "超时 1 小时 30 分钟"),
        ("02T14:59:50", "hour", "已超时"),
    ],
)
def test_phrases(due, unit, said):
    assert phrase(CALENDAR, NOW, at(due), unit) == said


def test_an_evening_after_closing_is_overdue():
    assert phrase(CALENDAR, at("02T20:00"), at("02T17:00"), "workday") == "已超时"


def test_a_paused_clock():
    assert phrase(CALENDAR, NOW, at("02T12:00"), "workday", paused=6 * 3600.0) == "已暂停，还剩 1 个工作日"
    assert phrase(CALENDAR, NOW, at("02T12:00"), "hour", paused=-7200.0) == "已暂停，超时 2 小时"

"""Deadlines in a year without an official table."""

from __future__ import annotations

import logging
from datetime import datetime

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime import notices
from chengyun.worktime.packaged import packaged_calendar

CALENDAR = packaged_calendar()
NEXT = datetime(2027, 1, 4, 17, tzinfo=SHANGHAI)
THIS = datetime(2026, 12, 31, 17, tzinfo=SHANGHAI)


def test_the_screen_says_so():
    assert "2027 年还没有官方放假安排" in notices.warning(CALENDAR, NEXT, "workday")
    assert notices.warning(CALENDAR, NEXT, "hour") == ""  # runs day and night, whatever the table
    assert notices.warning(CALENDAR, THIS, "workday") == ""


def test_the_log_says_so_once(caplog, monkeypatch):
    monkeypatch.setattr(notices, "_logged", set())
    with caplog.at_level(logging.WARNING):
        for due in (THIS, NEXT, NEXT):
            notices.log_once(CALENDAR, due, "workhour")
    assert [record.getMessage() for record in caplog.records] == [
        "deadlines fall in 2027, which has no official holiday table yet"
    ]

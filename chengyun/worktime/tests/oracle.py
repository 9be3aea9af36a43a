"""The slow truth: walks from day to day and from period to period. The tests hold the tables against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import chinese_calendar

from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime.hours import OfficeHours


def periods(start: datetime, hours: OfficeHours) -> Iterator[tuple[datetime, datetime]]:
    """Every office period from the day of the start on."""
    midnight = start.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        if chinese_calendar.is_workday(midnight.date()):
            for opening, closing in hours.periods:
                yield midnight + timedelta(microseconds=opening), midnight + timedelta(microseconds=closing)
        midnight += timedelta(days=1)


def workhour(start: datetime, amount: timedelta, hours: OfficeHours) -> datetime:
    """Walk through the office periods until the amount is used up."""
    if not amount:
        return start.astimezone(SHANGHAI)
    for opening, closing in periods(start, hours):
        begin = max(opening, start)
        if begin < closing:
            if amount <= closing - begin:
                return (begin + amount).astimezone(SHANGHAI)
            amount -= closing - begin
    raise AssertionError


def workday(start: datetime, count: int, hours: OfficeHours) -> datetime:
    """Walk from day to day."""
    if not count:
        return start.astimezone(SHANGHAI)
    day = start.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day.date())
    return day + timedelta(microseconds=hours.closing)


def work_time(start: datetime, end: datetime, hours: OfficeHours) -> timedelta:
    """Office time between two moments."""
    total = timedelta()
    for opening, closing in periods(start, hours):
        if opening >= end:
            return total
        total += max(min(closing, end) - max(opening, start), timedelta())
    raise AssertionError

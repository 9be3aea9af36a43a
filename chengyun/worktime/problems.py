"""What the calendar and the clocks cannot do, said in the reader's language."""

from __future__ import annotations

from django.conf import settings

from chengyun.kernel.errors import Refused
from chengyun.kernel.labelled import Labelled


class Problem(Labelled):
    """Each refusal of the calendar. The texts take the named values in braces."""

    NOT_A_MOMENT = (
        "not_a_moment",
        "时间须为日期加时刻",
        "a time must be a date with a time of day",
    )
    NAIVE = (
        "naive",
        "时间缺少时区，请写成 2026-09-30T16:40:00+08:00",
        "the time has no time zone; write it like 2026-09-30T16:40:00+08:00",
    )
    OUTSIDE = (
        "outside",
        "日历只覆盖 {first} 年至 {last} 年，该时间或算出的时限超出范围",
        "the calendar covers {first} to {last}; this time, or the due time reached from it, lies outside",
    )
    UNIT = (
        "unit",
        "时限单位须为 workhour、workday、hour、day、calendar_day 之一",
        "unit must be one of workhour, workday, hour, day, calendar_day",
    )
    NOT_A_NUMBER = ("not_a_number", "时限须为数字", "amount must be a number")
    NOT_FINITE = ("not_finite", "时限须为有限的数", "amount must be a finite number")
    NEGATIVE = ("negative", "时限不能为负数", "amount must not be negative")
    TOO_LARGE = ("too_large", "时限过大，最多 {most}", "amount is too large; at most {most}")
    FRACTION = (
        "fraction",
        "工作日和自然日须为整数，小数请改用工作时",
        "workday and calendar_day take whole numbers; use workhour, hour or day for fractions",
    )
    HOURS = (
        "hours",
        "办公时间须写成 09:00-11:30,13:30-17:00，先后有序且不重叠",
        "office hours must read like 09:00-11:30,13:30-17:00, in order and without overlap",
    )
    NO_HOURS = (
        "no_hours",
        "日历没有办公时间",
        "the calendar has no office hours",
    )
    NOT_STARTED = ("not_started", "时钟尚未开始", "the clock has not started")
    STARTED = ("started", "时钟已经开始", "the clock has started already")
    STOPPED = ("stopped", "时钟已经停止", "the clock has stopped")
    PAUSED = ("paused", "时钟已经暂停", "the clock is paused already")
    RUNNING = ("running", "时钟没有暂停", "the clock is not paused")
    ORDER = ("order", "时钟记录的时间先后颠倒", "the lines of the clock are out of order")
    EARLIER = (
        "earlier",
        "延期后的时限须晚于现在的时限",
        "an extension must move the deadline to a later time",
    )


class CalendarError(Refused):
    """The calendar refuses; ``problem`` tells why."""

    def __init__(self, problem: Problem, **values: object) -> None:
        self.problem = problem
        # Without settings (the bare command line) nobody has chosen a language; the help is English there.
        text = problem.label if settings.configured else problem.en
        super().__init__(text.format(**values))

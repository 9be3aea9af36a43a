"""Reads of the calendar and of the limits; both come prepared from memory."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.freshness import Prepared, remember
from chengyun.worktime.hours import DEFAULT_HOURS, LONG_AGO
from chengyun.worktime.limits import Limit
from chengyun.worktime.lookup import Dated, LimitIndex
from chengyun.worktime.models import (
    CENTRE,
    CalendarChange,
    CalendarYear,
    DayRule,
    OfficeHours,
    TimeLimit,
    UnitMeaning,
)
from chengyun.worktime.units import Unit
from chengyun.worktime.vocabulary import DayKind


def current_calendar() -> WorkCalendar:
    """The calendar as the tables have it. Cached; about a microsecond."""
    return _calendar.get()


def limit_for(
    process: str,
    stage: str,
    *,
    on: date,
    appeal_type: str = "",
    catalogue: str = "",
    condition: str = "",
    urgency: str = "",
) -> Limit | None:
    """The limit for a stage that starts on a day, or None; see ``LimitIndex`` for which row wins. Cached."""
    return _limits.get().find((process, stage, appeal_type, catalogue, condition, urgency), on)


def limits_table(*, on: date | None = None, search: str = "", **key: str) -> QuerySet[TimeLimit]:
    """Rows of limits, the withdrawn ones left out; ``on`` keeps those in force that day, ``key`` narrows."""
    rows = TimeLimit.objects.filter(withdrawn=False, **{name: value for name, value in key.items() if value})
    if on is not None:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
    for word in search.split():
        rows = rows.filter(
            Q(catalogue__icontains=word)
            | Q(condition__icontains=word)
            | Q(note__icontains=word)
            | Q(source__icontains=word)
        )
    return rows


def years_without_table(first: int, last: int) -> list[int]:
    """The years from first to last (both included) that have no official table."""
    known = current_calendar().official_years
    return [year for year in range(first, last + 1) if year not in known]


def named_days(year: int) -> dict[date, DayRule]:
    """Holidays and make-up working days of a year, by date."""
    return {rule.date: rule for rule in DayRule.objects.filter(date__year=year)}


def calendar_year(year: int) -> CalendarYear | None:
    """The row of a published year."""
    return CalendarYear.objects.filter(year=year, official=True).first()


def changes(most: int = 20) -> QuerySet[CalendarChange]:
    """The latest lines of the log."""
    return CalendarChange.objects.all()[:most]


def _read_calendar() -> WorkCalendar:
    rules = {row.date: row.kind == DayKind.MAKEUP for row in DayRule.objects.all()}
    years = CalendarYear.objects.filter(official=True).values_list("year", flat=True)
    hours = [(row.valid_from, row.value) for row in OfficeHours.objects.filter(place=CENTRE)]
    meanings = [(row.valid_from, row.value) for row in UnitMeaning.objects.all()]
    return WorkCalendar.prepare(rules, years, hours or [(LONG_AGO, DEFAULT_HOURS)], meanings)


def _read_limits() -> LimitIndex:
    rows = TimeLimit.objects.filter(withdrawn=False).order_by("-valid_from")
    return LimitIndex(
        Dated(
            (row.process, row.stage, row.appeal_type, row.catalogue, row.condition, row.urgency),
            row.valid_from,
            row.valid_until,
            Limit(row.amount, Unit(row.unit), row.source, row.provenance, row.pk),
        )
        for row in rows
    )


_calendar: Prepared[WorkCalendar] = remember(Prepared(_read_calendar))
_limits: Prepared[LimitIndex] = remember(Prepared(_read_limits))

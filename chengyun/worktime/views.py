"""Pages that everybody at work may read: the calendar, office hours and limits."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.worktime import models, queries, vocabulary
from chengyun.worktime.calendar import FIRST_YEAR, LAST_YEAR
from chengyun.worktime.limits import Provenance
from chengyun.worktime.policies import may_edit, staff
from chengyun.worktime.units import Unit
from chengyun.worktime.yearview import months

PER_PAGE = 100


@staff
@require_safe
def calendar_page(request: Any) -> HttpResponse:
    """工作日历: a year with its holidays and make-up working days; ``?year=``."""
    today = local(request.now).date()
    year = _year(request.GET.get("year", ""), today.year)
    found = months(year, queries.named_days(year), queries.current_calendar())
    said = {
        "year": year,
        "today": today,
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "months": found,
        "working_days": sum(month.working_days for month in found),
        "table": queries.calendar_year(year),
        "missing": queries.years_without_table(today.year, today.year + 1),
        "changes": queries.changes(),
        "may_edit": may_edit(request.actor),
    }
    return render(request, "worktime/calendar.html", said)


@staff
@require_safe
def hours_page(request: Any) -> HttpResponse:
    """办公时间: dated office hours, and what 工作日 means."""
    today = local(request.now).date()
    calendar = queries.current_calendar()
    said = {
        "today": calendar.office_hours(today),
        "hours": models.OfficeHours.objects.filter(place=models.CENTRE),
        "meanings": [(row, row.value) for row in models.UnitMeaning.objects.all()],
        "provenance": Provenance,
        "may_edit": may_edit(request.actor),
    }
    return render(request, "worktime/hours.html", said)


@staff
@require_safe
def limits_page(request: Any) -> HttpResponse:
    """办理时限: the rows in force, narrowed by the query; ``?ended=1`` shows all."""
    said = {name: request.GET.get(name, "").strip()[:60] for name in ("process", "stage", "provenance", "q")}
    ended = request.GET.get("ended") == "1"
    rows = queries.limits_table(
        on=None if ended else local(request.now).date(),
        search=said["q"],
        process=said["process"],
        stage=said["stage"],
        provenance=said["provenance"],
    )
    ordered = sorted(rows, key=lambda row: (row.process, vocabulary.place_of(row.process, row.stage)))
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "said": said,
        "ended": ended,
        "processes": vocabulary.Process,
        "stages": vocabulary.Stage,
        "provenances": Provenance,
        "units": Unit,
        "term": vocabulary.term,
        "may_edit": may_edit(request.actor),
    }
    return render(request, "worktime/limits.html", context)


def _year(text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        return int(text)
    raise NotThere(_("日历只覆盖 %(first)d 至 %(last)d 年。") % {"first": FIRST_YEAR, "last": LAST_YEAR})

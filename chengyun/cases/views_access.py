"""The auditor's list of who looked at callers' data."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chengyun.cases.queries_access import FIELD_LABELS, Sought, case_accesses
from chengyun.kernel.clock import SHANGHAI
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest

PER_PAGE = 50


@needs(Post.AUDITOR)
@require_GET
def access_log(request: StaffRequest) -> HttpResponse:
    """Looks at callers' data, newest first. ``?q=`` number, person, reason; ``?since=``, ``?until=`` days."""
    said = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "since", "until")}
    sought = Sought(text=said["q"], since=_day(said["since"]), until=_day(said["until"]))
    page = Paginator(case_accesses(sought), PER_PAGE).get_page(request.GET.get("page"))
    wrong = [name for name in ("since", "until") if said[name] and _day(said[name]) is None]
    context = {"page": page, "said": said, "wrong": wrong, "field_labels": FIELD_LABELS}
    return render(request, "cases/access_log.html", context)


def _day(said: str) -> datetime | None:
    """The beginning of a day in Shanghai; None if it is not a date."""
    try:
        return datetime.combine(date.fromisoformat(said), time(), SHANGHAI)
    except ValueError:
        return None

"""The page of a case, and its head for the live refresh."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.case_page import head_alone, page_of
from chengyun.workbench.case_record import record_of


@staff
@require_GET
def page(request: StaffRequest, number: str) -> HttpResponse:
    """Everything on record of one case, and the verbs that this person may use."""
    record = record_of(number, request.actor, request.now)
    return render(request, "workbench/case.html", page_of(record))


@staff
@require_GET
def head(request: StaffRequest, number: str) -> HttpResponse:
    """The head alone. ``?seen=`` is the version that the page shows; a newer one is told."""
    found = head_alone(number, request.actor, request.now)
    seen = request.GET.get("seen", "")
    moved = seen.isdigit() and int(seen) != found.version
    return render(request, "workbench/_case_head.html", {"head": found, "moved": moved, "now": request.now})

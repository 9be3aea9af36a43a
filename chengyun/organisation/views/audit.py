"""What the auditor reads: log-ins, changes, looks at personal data. Reading only."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from chengyun.kernel.clock import SHANGHAI
from chengyun.organisation.access import needs
from chengyun.organisation.forms.staff import labels
from chengyun.organisation.models import AccessLog, ChangeLog, LogIn, Outcome
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest

_PAGE = 50  # rows


def _day(text: str) -> datetime | None:
    """Midnight in Shanghai of a date in the address; None for anything else."""
    try:
        day = parse_date(text)
    except ValueError:  # well formed, but no such day
        return None
    return datetime.combine(day, time(0), tzinfo=SHANGHAI) if day else None


def _page(request: StaffRequest, rows: QuerySet[Any], words: Q) -> dict[str, Any]:
    if request.GET.get("q", "").strip():
        rows = rows.filter(words)
    if since := _day(request.GET.get("from", "")):
        rows = rows.filter(at__gte=since)
    if until := _day(request.GET.get("until", "")):
        rows = rows.filter(at__lt=until + timedelta(days=1))
    return {"page": Paginator(rows.order_by("-at", "-pk"), _PAGE).get_page(request.GET.get("page"))}


@needs(Post.AUDITOR)
@require_safe
def log_ins(request: StaffRequest) -> HttpResponse:
    """Every attempt to log in and every end of a session."""
    words = request.GET.get("q", "").strip()
    rows = LogIn.objects.select_related("account__person")
    if request.GET.get("outcome") in set(Outcome):
        rows = rows.filter(outcome=request.GET["outcome"])
    said = _page(request, rows, Q(username__icontains=words) | Q(address__startswith=words))
    return render(request, "organisation/audit_log_ins.html", {**said, "outcomes": labels(Outcome)})


@needs(Post.AUDITOR)
@require_safe
def changes(request: StaffRequest) -> HttpResponse:
    """Who changed what in the organisation."""
    words = request.GET.get("q", "").strip()
    said = _page(
        request,
        ChangeLog.objects.all(),
        Q(by_name__icontains=words) | Q(subject_name__icontains=words) | Q(verb=words),
    )
    return render(request, "organisation/audit_changes.html", said)


@needs(Post.AUDITOR)
@require_safe
def accesses(request: StaffRequest) -> HttpResponse:
    """Who looked at personal data in full, and why."""
    words = request.GET.get("q", "").strip()
    said = _page(
        request,
        AccessLog.objects.all(),
        Q(by_name__icontains=words) | Q(subject_ref__startswith=words) | Q(reason__icontains=words),
    )
    return render(request, "organisation/audit_accesses.html", said)

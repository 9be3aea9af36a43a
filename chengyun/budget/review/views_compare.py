"""比较两份预算: two versions or two years, line by line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengyun.budget.review import queries
from chengyun.budget.review.comparing import compare, compare_text
from chengyun.budget.review.forms import CompareForm
from chengyun.budget.review.policies import READING
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*READING)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """Choose two checked documents; with both chosen, what differs (``all=1``: every line)."""
    form = CompareForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    before = queries.document_of(chosen["before"], request.actor) if chosen.get("before") else None
    after = queries.document_of(chosen["after"], request.actor) if chosen.get("after") else None
    context: dict[str, Any] = {
        "choices": queries.comparable(request.actor),
        "before": before,
        "after": after,
        "everything": request.GET.get("all") == "1",
        "tables": None,
    }
    if before is not None and after is not None:
        old, new = queries.report_of(before), queries.report_of(after)
        context |= {"tables": compare(old, new), "texts": compare_text(old, new)}
    return render(request, "budget/review/compare.html", context)

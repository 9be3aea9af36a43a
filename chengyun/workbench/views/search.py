"""Search over everything that one may see."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.forms import FilterForm
from chengyun.workbench.queries import find
from chengyun.workbench.snippets import marked


@staff
@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """``?q=`` number, telephone, address or words; the filters of the lists narrow it; ``below`` goes on.

    A whole number, and nothing else, goes straight to its case.
    """
    text = request.GET.get("q", "").replace("\x00", "").strip()
    form = FilterForm(request.GET, request.actor)
    below = request.GET.get("below", "0")
    go_on = int(below) if below.isdigit() and len(below) < 16 else 0
    found = find.find(text, form.chosen, request.actor, request.now, below=go_on) if text else None
    if (
        found is not None
        and list(request.GET) == ["q"]
        and [h.row.number for h in found.hits] == [text.upper()]
    ):
        return redirect("workbench:case", text.upper())
    context = {
        "text": text,
        "form": form,
        "found": found,
        "marked": marked,
        "longest": find.LONGEST,
        "too_long": len(text) > find.LONGEST,
        "now": request.now,
        "rehearsal": found is not None and any(hit.row.rehearsal for hit in found.hits),
    }
    return render(request, "workbench/search.html", context)

"""我的工作: the start page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chengyun.budget.contracts.queries import notices_for
from chengyun.budget.publishing.queries import due_for
from chengyun.cases.process import LOOPS
from chengyun.hotline.reminders import reminders
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.case_words import state_of
from chengyun.workbench.columns import BRIEF
from chengyun.workbench.models import SavedFilter
from chengyun.workbench.queries.home import Home, home_of
from chengyun.workbench.worklists import OPEN


@staff
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """What is late, what is next, what came back."""
    found = home_of(request.actor, request.now)
    context = {
        "home": found,
        "reminders": reminders(request.actor, request.now),
        "states": {kind: _states(kind, found) for kind in LOOPS},
        "columns": BRIEF,
        "saved": SavedFilter.objects.seen_by(request.actor),
        "ending_contracts": notices_for(request.actor, request.now),
        "unpublished_budgets": due_for(request.actor, request.now),
        "now": request.now,
        "rehearsal": found.rehearsal,
    }
    return render(request, "workbench/home.html", context)


def _states(kind: str, home: Home) -> list[dict[str, Any]]:
    """How many cases of a kind are under way in each state."""
    return [
        {"value": state, "label": state_of(kind, state).label, "number": home.district.get((kind, state), 0)}
        for state in OPEN[kind]
    ]

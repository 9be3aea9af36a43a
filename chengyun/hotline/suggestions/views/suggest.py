"""What stands beside the order that is being typed: suggestions, and one of the repeats beside it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from chengyun.hotline.suggestions.comparing import draft_side, order_named, order_side, same_fields
from chengyun.hotline.suggestions.gathering import gather
from chengyun.hotline.suggestions.policies import SUGGESTED_TO
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*SUGGESTED_TO)
@require_POST
def suggest(request: StaffRequest) -> HttpResponse:
    """Suggestions for the form as it stands. Posted, so that no log keeps the number or the words."""
    found = gather(request.POST, actor=request.actor, now=request.now)
    said = {
        "found": found,
        "repeat_of": request.POST.get("repeat_of", "").strip()[:32],
        "repeat_how": request.POST.get("repeat_how", ""),
        "takes_unit": "suggested_unit" in request.POST,
        "taken_unit": request.POST.get("suggested_unit", "").strip(),
    }
    return render(request, "hotline/suggestions/_suggest.html", said)


@needs(*SUGGESTED_TO)
@require_POST
def beside(request: StaffRequest, number: str) -> HttpResponse:
    """The order that is being typed and a stored one, side by side."""
    other = order_named(number, request.actor)
    left, right = draft_side(request.POST), order_side(other, request.actor)
    said = {"left": left, "right": right, "same": same_fields(left, right), "other": other}
    return render(request, "hotline/suggestions/_beside.html", said)

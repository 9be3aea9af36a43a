"""Two stored orders side by side, and what may be done with the two: merge, or link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengyun.hotline.suggestions.actions import MERGE, tie_repeat
from chengyun.hotline.suggestions.comparing import order_named, order_side, same_fields
from chengyun.hotline.suggestions.policies import SUGGESTED_TO
from chengyun.kernel.errors import Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*SUGGESTED_TO)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, number: str, other: str) -> HttpResponse:
    """Show the two; on POST merge the first into the second, or link them."""
    case, into = order_named(number, request.actor), order_named(other, request.actor)
    problem = ""
    if request.method == "POST":
        how = request.POST.get("how", "")
        try:
            tie_repeat(case.pk, into.number, how, actor=request.actor, now=request.now)
        except Refused as error:
            problem = error.message
        else:
            said = (
                _("%(number)s 已并入 %(other)s。") if how == MERGE else _("%(number)s 已与 %(other)s 关联。")
            )
            messages.success(request, said % {"number": number, "other": other})
            return redirect("hotline:compare", number, other)
    left, right = order_side(case, request.actor), order_side(into, request.actor)
    said_of = {"case": case, "other": into, "left": left, "right": right, "same": same_fields(left, right)}
    return render(
        request,
        "hotline/suggestions/compare.html",
        {**said_of, "problem": problem},
        status=422 if problem else 200,
    )

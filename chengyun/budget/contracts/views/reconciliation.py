"""对账: a year of months, and one month opened to its formulas and rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import reconcile
from chengyun.budget.contracts.months import of_year, written
from chengyun.budget.contracts.queries import contract_of, counted
from chengyun.budget.contracts.reconciling import NOUGHT, month_of_contract, months_of_year
from chengyun.budget.contracts.views.asked import month_asked, year_asked
from chengyun.budget.contracts.views.shown import shown
from chengyun.budget.contracts.words import Match
from chengyun.kernel.clock import local
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted


@needs(*policies.READING)
@require_safe
def year_page(request: StaffRequest) -> HttpResponse:
    """Every contract's months of a year (``?year=2026``), newest first; ``?open=1``: those not decided on."""
    today = local(request.now).date()
    year = year_asked(request, today)
    only_open = request.GET.get("open") == "1"
    contracts = list(counted(request.actor).prefetch_related("renewals"))
    months = [month for month in of_year(year) if month <= today]
    found = months_of_year(contracts, months, now=request.now)
    rows = [one for some in found.values() for one in some]
    rows.sort(key=lambda one: (one.month, -one.contract.pk), reverse=True)
    waiting = [one for one in rows if one.match is not Match.UNDER_WAY and (one.decided is None or one.stale)]
    said = {
        "year": year,
        "rows": waiting if only_open else rows,
        "only_open": only_open,
        "all": len(rows),
        "waiting": len(waiting),
        "computed": sum((one.computed for one in rows if one.over), NOUGHT),
        "billed": sum((one.billed for one in rows if one.over), NOUGHT),
        "differing": sum(one.match is Match.DIFFERS for one in rows),
    }
    return shown(request, "reconciliation", said)


@needs(*policies.READING)
@require_http_methods(["GET", "HEAD", "POST"])
def month_page(request: StaffRequest, contract_id: int, month: str) -> HttpResponse:
    """One month of one contract: formulas, usage, bills; below them the decision."""
    contract = contract_of(contract_id, request.actor)
    day = month_asked(month)
    found = month_of_contract(contract, day, now=request.now)
    start = {"computed": found.computed, "billed": found.billed}
    form = forms.DecideForm(posted(request), initial=start)
    if request.method == "POST":
        done, _row = attempt(
            form, lambda said: reconcile(contract.pk, month=day, actor=request.actor, now=request.now, **said)
        )
        if done:
            messages.success(request, _("%(month)s 的核对结论已记下。") % {"month": written(day)})
            return redirect(request.path)
    said = {
        "contract": contract,
        "found": found,
        "form": form,
        "decisions": contract.reconciliations.filter(month=day).order_by("-id"),
        "may_edit": policies.may_edit(request.actor),
        "may_decide": policies.may_edit(request.actor) and found.match is not Match.UNDER_WAY,
    }
    status = 422 if form.errors else 200
    return shown(request, "month", said, status)

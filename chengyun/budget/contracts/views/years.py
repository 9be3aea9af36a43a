"""年度: is the year covered, what will it cost, what would another package save, what does the budget leave open."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import set_year_amount
from chengyun.budget.contracts.budgeted import budgeted
from chengyun.budget.contracts.forecast import total
from chengyun.budget.contracts.months import of_year
from chengyun.budget.contracts.views.asked import year_asked
from chengyun.budget.contracts.views.chart import chart
from chengyun.budget.contracts.views.shown import shown
from chengyun.budget.contracts.words import Basis
from chengyun.budget.contracts.year import Year, agreed_year, year_of
from chengyun.kernel.clock import local
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page
from chengyun.worktime.limits import Provenance


@needs(*policies.READING)
@require_safe
def year_page(request: StaffRequest) -> HttpResponse:
    """A year (``?year=2026``) of all services."""
    today = local(request.now).date()
    year = year_asked(request, today)
    found = year_of(request.actor, year, now=request.now)
    months = [one for service in found.services for item in service.items for one in item.months]
    said = {
        "year": year,
        "found": found,
        "carried": total([one.cost for one in months if one.carried]).expected,
        "whole": sum(service.coverage.whole_months == 12 for service in found.services),
        "chart": chart(of_year(year), [one.cost for one in months]),
        "finding": _finding(found),
        "agreed": agreed_year,
        "may_edit": policies.may_edit(request.actor),
    }
    return shown(request, "year", said)


def _finding(found: Year) -> str:
    """What the chart says, in one sentence."""
    said = {"year": found.year, "amount": f"{found.range.expected:,.2f}"}
    months = [one for service in found.services for item in service.items for one in item.months]
    if months and all(one.cost.basis is Basis.NO_DATA for one in months):
        return _("没有使用记录，%(year)s 年按约定数量计 %(amount)s 元") % said
    if found.range.low == found.range.high:
        return _("%(year)s 年合同费用 %(amount)s 元") % said
    spread = max(found.range.high - found.range.expected, found.range.expected - found.range.low)
    said["share"] = f"{spread / found.range.expected:.0%}" if found.range.expected else "0%"
    return _("%(year)s 年合同费用预计 %(amount)s 元，最多相差 %(share)s") % said


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: StaffRequest) -> HttpResponse:
    """Enter the figure of a budget that is not in the ledger; ``?project=&year=`` fill the form."""
    year = year_asked(request, local(request.now).date())
    project = request.GET.get("project", "")
    start: dict[str, Any] = {"project": project, "fiscal_year": year, "provenance": Provenance.PRIMARY}
    known = budgeted(project, year)
    if known is not None and known.entered is not None:
        start |= {"amount": known.amount, "source": known.source, "provenance": known.entered.provenance}
    back = f"{reverse('budget:contracts-year')}?year={year}"
    return verb_page(
        request,
        forms.AmountForm(posted(request), initial=start),
        lambda said: set_year_amount(actor=request.actor, now=request.now, **said),
        title=_("录入项目预算数"),
        next_step=_("用于不在本系统编制的年度；在本系统编制的预算以台账为准，不用录入。"),
        back=back,
        done=_("预算数已录入。"),
    )

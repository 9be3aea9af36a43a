"""执行: what was spent month by month."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengyun.budget.compiling.rows import NIL
from chengyun.budget.ledger.actions import enter_execution, import_execution
from chengyun.budget.ledger.actions.importing import EXECUTION_COLUMNS
from chengyun.budget.ledger.amounts import amount_of
from chengyun.budget.ledger.execution import MONTHS, spending
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.ledger.screen import shown
from chengyun.budget.ledger.views.importing import take_in
from chengyun.kernel.errors import NotAllowed, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def execution_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Twelve months; POST enters one of them."""
    budget = budget_of(budget_id, actor=request.actor)
    if request.method == "POST":
        return _enter(request, budget_id)
    rows = spending(facts_from(budget, with_prior=False))
    months = {month: sum((one.months.get(month, NIL) for one in rows), NIL) for month in MONTHS}
    entered = [month for month in MONTHS if any(month in one.months for one in rows)]
    total, spent = sum((one.budget for one in rows), NIL), sum(months.values(), NIL)
    said = {
        "budget": budget,
        "rows": rows,
        "months": months,
        "total": total,
        "spent": spent,
        "share": spent / total if total else None,
        "latest": entered[-1] if entered else None,
        "next": next((month for month in MONTHS if month not in entered), 12),
        "writes": request.actor.holds(*WRITING),
        "shown": shown,
    }
    return render(request, "budget/ledger/execution.html", said)


def _enter(request: StaffRequest, budget_id: int) -> HttpResponse:
    if not request.actor.holds(*WRITING):
        raise NotAllowed(_("只有预算员可以录入执行数。"))
    amounts: dict[str, Decimal] = {}
    try:
        for name, text in request.POST.items():
            if name.startswith("spent-") and str(text).strip():
                amounts[name.removeprefix("spent-")] = amount_of(str(text))
        month = request.POST.get("month", "")
        count = enter_execution(
            budget_id,
            int(month) if month.isdigit() else 0,
            amounts,
            actor=request.actor,
            now=request.now,
        )
    except ValueError as error:
        messages.error(request, str(error))
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(month)s 月录入 %(count)s 项。") % {"month": month, "count": count})
    return redirect("budget:execution", budget_id)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Hand in a table of months."""
    budget = budget_of(budget_id, actor=request.actor)
    return take_in(
        request,
        budget,
        import_execution,
        title=_("导入执行数"),
        columns=EXECUTION_COLUMNS,
        hint=_("每行一个月份的一个项目；项目编码留空为基本支出。重复导入以最后一次为准，旧数留存。"),
        back=reverse("budget:execution", args=[budget.pk]),
        example="",
    )

"""What this part measures of itself: money spent, as the ledger's execution has it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Max
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop as _

from chengyun.budget.models import Budget, Execution
from chengyun.budget.performance.periods import midnight
from chengyun.kernel.measures import Measure, Measured, MeasureUnit, offer


def spent(begin: datetime, end: datetime) -> Measured:
    """Spent in the months that lie wholly in the period or have begun in it, of all budgets, in yuan.

    The newest row of a month counts. Coverage: the share of the period's months for which anything was entered.
    """
    months = _months(begin, end)
    years = {year for year, _month in months}
    newest: dict[tuple[object, ...], Decimal] = {}
    entered: set[tuple[int, int]] = set()
    rows = Execution.objects.filter(budget__fiscal_year__in=years).select_related("budget").order_by("pk")
    for row in rows:
        if (row.budget.fiscal_year, row.month) in months:
            newest[row.budget_id, row.month, row.kind, row.project_id] = row.amount
            entered.add((row.budget.fiscal_year, row.month))
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    coverage = Decimal(len(entered)) / len(months) if entered else None
    return Measured(sum(newest.values(), Decimal(0)), None, coverage, f"execution:{last}", _page(years))


def _months(begin: datetime, end: datetime) -> set[tuple[int, int]]:
    first = midnight(begin.date()).date()
    found = set()
    for year in range(begin.year, end.year + 1):
        for month in range(1, 13):
            at = midnight(first.replace(year=year, month=month, day=1))
            if begin <= at < end:
                found.add((year, month))
    return found


def _page(years: set[int]) -> str:
    """The budget's own page of its execution, if there is one."""
    budget = Budget.objects.filter(fiscal_year__in=years).order_by("pk").first()
    if budget is None:
        return ""
    try:
        return reverse("budget:execution", args=[budget.pk])
    except NoReverseMatch:
        return ""


def offer_measures() -> None:
    """Called when the room is ready."""
    offer(
        Measure(
            "budget.spent",
            "部门支出执行数",
            "Spent by the department",
            _("期内各月执行数之和，同一月份以最后录入的为准"),
            MeasureUnit.YUAN,
            spent,
        )
    )

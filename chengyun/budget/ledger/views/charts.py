"""图表: where the money goes, how it changed, how far it is spent. The page holds the tables; a script draws them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.kinds import LineKind
from chengyun.budget.ledger.comparison import Row, compare
from chengyun.budget.ledger.execution import MONTHS, spending
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.policies import READING
from chengyun.budget.ledger.screen import shown
from chengyun.budget.ledger.tree import STAFF
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

_MOST_BARS = 10


@needs(*READING)
@require_safe
def charts_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Three plots, each with the table behind it."""
    budget = budget_of(budget_id, actor=request.actor)
    facts = facts_from(budget)
    goes, changed, spent = _goes(facts), _changed(facts), _spent(facts)
    said = {
        "budget": budget,
        "goes": goes,
        "changed": changed,
        "spent": spent,
        "data": {
            name: part["plot"] for name, part in (("goes", goes), ("changed", changed), ("spent", spent))
        },
        "shown": shown,
    }
    return render(request, "budget/ledger/charts.html", said)


def _goes(facts: BudgetFacts) -> dict[str, Any]:
    """The largest uses: economic codes of basic expenditure, and projects; what is left is one bar."""
    sums: dict[str, Decimal] = {}
    projects = {one.code: one.name for one in facts.projects}
    for line in facts.lines:
        name = (
            projects.get(line.project, line.project)
            if line.kind is LineKind.PROJECT
            else facts.economics.get(line.eco_code, line.eco_code)
        )
        sums[name] = sums.get(name, NIL) + line.amount
    rows = sorted(sums.items(), key=lambda one: -one[1])
    total = sum(sums.values(), NIL)
    top, rest = rows[:_MOST_BARS], rows[_MOST_BARS:]
    if rest:
        top = [*top, (_("其余 %(count)s 项") % {"count": len(rest)}, sum((one[1] for one in rest), NIL))]
    staff = sum(
        (one.amount for one in facts.lines if one.kind is LineKind.BASIC and one.eco_code[:3] in STAFF), NIL
    )
    title = _("人员经费占 %(share)s%%") % {"share": f"{staff / total * 100:.1f}"} if total else ""
    return {
        "title": title,
        "rows": [(name, amount, amount / total) for name, amount in rows],
        "plot": {"names": [name for name, _sum in top], "values": [_wan(amount) for _name, amount in top]},
    }


def _changed(facts: BudgetFacts) -> dict[str, Any]:
    parts = compare(facts)
    rows: list[Row] = [row for row in parts["functions"] if row.prior is not None]
    difference = sum((row.difference or NIL for row in rows), NIL)
    if not rows:
        title = ""
    elif difference:
        word = _("增加") if difference > 0 else _("减少")
        title = _("比上年%(word)s %(amount)s 万元") % {
            "word": word,
            "amount": f"{abs(_wan(difference)):,.2f}",
        }
    else:
        title = _("与上年总额相同")
    return {
        "title": title,
        "rows": rows,
        "plot": {
            "names": [row.name for row in rows],
            "values": [_wan(row.difference or NIL) for row in rows],
        },
    }


def _spent(facts: BudgetFacts) -> dict[str, Any]:
    """Spent up to each month, beside an even pace. Months after the last one entered are left out."""
    rows = spending(facts)
    total = sum((one.budget for one in rows), NIL)
    months = {month: sum((one.months.get(month, NIL) for one in rows), NIL) for month in MONTHS}
    last = max((month for one in rows for month in one.months), default=0)
    so_far, running = [], NIL
    for month in MONTHS[:last]:
        running += months[month]
        so_far.append(_wan(running))
    title = ""
    if last and total:
        title = _("到 %(month)s 月执行 %(share)s%%，时间已过 %(time)s%%") % {
            "month": last,
            "share": f"{running / total * 100:.1f}",
            "time": f"{last / 12 * 100:.1f}",
        }
    return {
        "title": title,
        "rows": [(month, months[month]) for month in MONTHS[:last]],
        "plot": {
            "names": [_("%(month)s月") % {"month": month} for month in MONTHS],
            "values": [_wan(months[month]) for month in MONTHS[:last]],
            "sums": so_far,
            "pace": [_wan(total * month / 12) for month in MONTHS],
        },
    }


def _wan(amount: Decimal) -> float:
    """元 as 万元 for a plot, which needs no more than two decimals."""
    return float(round(amount / 10_000, 2))

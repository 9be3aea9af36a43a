"""The list of budgets, the ledger of one, and the typing of amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.compiling.figures import figures
from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.kinds import Edition, Figure, Fund, OrgKind, Source
from chengyun.budget.ledger.actions import begin_budget, begin_from, set_amount, set_income
from chengyun.budget.ledger.amounts import amount_of, plain
from chengyun.budget.ledger.balance import PAIRS
from chengyun.budget.ledger.codes import codes_of
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.forms import NewBudgetForm, YearForm
from chengyun.budget.ledger.journal import next_to_undo
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.ledger.screen import VIEWS, branches, cells, shown, sums
from chengyun.budget.ledger.snapshots import key_of
from chengyun.budget.models.ledger import Budget, BudgetLine
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.models import Unit, UnitKind
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_LIVE = "X-Live"


@needs(*READING)
@require_safe
def budgets_page(request: StaffRequest) -> HttpResponse:
    """All budgets, newest first."""
    rows = []
    for budget in Budget.objects.seen_by(request.actor).select_related("base"):
        said = figures(facts_from(budget, with_prior=False))
        rows.append(
            {
                "budget": budget,
                "spending": said[Figure.SPENDING],
                "basic": said[Figure.BASIC],
                "project": said[Figure.PROJECT],
                "difference": said[Figure.INCOME] - said[Figure.SPENDING],
            }
        )
    return render(
        request, "budget/ledger/budgets.html", {"rows": rows, "may_write": request.actor.holds(*WRITING)}
    )


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_budget(request: StaffRequest) -> HttpResponse:
    """An empty budget."""
    units = Unit.objects.filter(kind=UnitKind.CENTRE, active=True)
    form = NewBudgetForm(posted(request), orgs=[(unit.pk, unit.name) for unit in units])
    form.initial = {"org_kind": OrgKind.INSTITUTION, "edition": Edition.DEPARTMENT}
    return verb_page(
        request,
        form,
        lambda said: begin_budget(
            org_id=said["org"],
            fiscal_year=said["fiscal_year"],
            org_kind=said["org_kind"],
            edition=said["edition"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("新建空白预算"),
        next_step=_("有上年预算时，请打开上年预算后选“编制下年”，科目、项目和金额会带过来。"),
        back=reverse("budget:budgets"),
        done=_("预算已建立。"),
    )


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def next_budget(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Next year's budget from this one."""
    base = budget_of(budget_id, actor=request.actor)
    made: list[Budget] = []
    form = YearForm(posted(request), initial={"fiscal_year": base.fiscal_year + 1})

    def run(said: dict[str, Any]) -> None:
        made.append(
            begin_from(base.pk, fiscal_year=said["fiscal_year"], actor=request.actor, now=request.now)
        )

    answer = verb_page(
        request,
        form,
        run,
        title=_("从 %(year)s 年预算编制下年") % {"year": base.fiscal_year},
        next_step=_("带来收入、各行支出、测算和项目，金额先与上年相同；增减原因要重新写。"),
        back=reverse("budget:ledger", args=[base.pk]),
        done=_("已建立，请逐项核对。"),
    )
    return redirect("budget:ledger", made[0].pk) if made else answer


@needs(*READING)
@require_safe
def ledger_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """The tree of codes (``?by=function`` or ``economic``) with amounts, income and balance."""
    budget = budget_of(budget_id, actor=request.actor)
    facts, view = facts_from(budget), _view(request)
    writes = request.actor.holds(*WRITING) and budget.open
    said = {
        "budget": budget,
        "view": view,
        "branches": branches(budget, facts, codes_of(budget.fiscal_year), view),
        "incomes": _incomes(facts),
        "sums": sums(facts),
        "writes": writes,
        "may_write": request.actor.holds(*WRITING),
        "undoable": next_to_undo(budget) if writes else [],
        "shown": shown,
        "plain": plain,
    }
    return render(request, "budget/ledger/ledger.html", said)


def _view(request: StaffRequest) -> str:
    asked = request.GET.get("by", VIEWS[0])
    if asked not in VIEWS:
        raise NotThere(_("没有这种排列。"))
    return asked


def _incomes(facts: BudgetFacts) -> list[dict[str, Any]]:
    got: dict[tuple[str, str, bool], Decimal] = {
        (one.source, one.fund, one.carried_over): one.amount for one in facts.incomes
    }
    rows = []
    for source, fund in PAIRS:
        spent = sum((one.amount for one in facts.lines if (one.source, one.fund) == (source, fund)), NIL)
        current, carried = got.get((source, fund, False), NIL), got.get((source, fund, True), NIL)
        rows.append(
            {
                "name": f"{source}-{fund}",
                "label": fund.label if source is Source.GRANT else source.label,
                "current": current,
                "carried": carried,
                "spending": spent,
                "difference": current + carried - spent,
            }
        )
    return rows


@needs(*WRITING)
@require_POST
def save_amounts(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Save what was typed. A script sends one amount and gets the cells that change; the form sends all.

    Fields: ``line-<id>`` and ``income-<source>-<fund>-current|carried``, beside each ``seen-…`` what it showed.
    """
    budget = budget_of(budget_id, actor=request.actor)
    faults: dict[str, str] = {}
    saved = {}
    for name, text in request.POST.items():
        if not name.startswith(("line-", "income-")):
            continue
        try:
            seen = Decimal(request.POST.get(f"seen-{name}") or "0")
            amount = amount_of(str(text))
            if amount != seen:
                _save(request, budget, name, amount, seen)
            saved[name] = {"value": f"{amount:,.2f}", "seen": plain(amount)}
        except (ValueError, ArithmeticError) as error:
            faults[name] = str(error) or _("请刷新页面后再填。")
        except Refused as error:
            faults[name] = error.message
    if request.headers.get(_LIVE):
        return _live(request, budget_id, saved, faults)
    for sentence in faults.values():
        messages.error(request, sentence)
    if not faults:
        messages.success(request, _("金额已保存。"))
    return redirect(reverse("budget:ledger", args=[budget_id]) + f"?by={_view(request)}")


def _save(request: StaffRequest, budget: Budget, name: str, amount: Decimal, seen: Decimal) -> None:
    kind, _dash, rest = name.partition("-")
    if kind == "line":
        row = BudgetLine.objects.filter(budget=budget, pk=int(rest)).select_related("project").first()
        if row is None:
            raise NotThere(_("没有这一行，请刷新页面。"))
        set_amount(budget.pk, key_of(row), amount, seen=seen, actor=request.actor, now=request.now)
        return
    source, fund, when = rest.split("-")
    set_income(
        budget.pk,
        Source(source),
        Fund(fund),
        amount,
        carried_over=when == "carried",
        seen=seen,
        actor=request.actor,
        now=request.now,
    )


def _live(
    request: StaffRequest, budget_id: int, saved: dict[str, Any], faults: dict[str, str]
) -> HttpResponse:
    budget = budget_of(budget_id, actor=request.actor)
    facts = facts_from(budget)
    said = {
        "fields": {name: one for name, one in saved.items() if name not in faults},
        "faults": faults,
        "cells": cells(budget, facts, codes_of(budget.fiscal_year), _view(request)),
        "balanced": not sums(facts)["off"],
    }
    return JsonResponse(said, status=422 if faults else 200)

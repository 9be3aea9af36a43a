"""One line: add it, look at it, work it out, take it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.actions import add_line, calculate, remove_line
from chengyun.budget.ledger.calculations import INPUTS, Formula, as_said
from chengyun.budget.ledger.codes import ECONOMIC_LEAF, FUNCTION_LEAF, codes_of
from chengyun.budget.ledger.facts import budget_of
from chengyun.budget.ledger.forms import CalculationForm, CommentForm, LineForm
from chengyun.budget.ledger.journal import timeline_of
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.ledger.snapshots import key_of
from chengyun.budget.models.ledger import Budget, BudgetLine
from chengyun.budget.models.projects import ProjectYear
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


def _line(budget: Budget, line_id: int) -> BudgetLine:
    found = (
        BudgetLine.objects.filter(budget=budget, pk=line_id).select_related("project", "calculation").first()
    )
    if found is None:
        raise NotThere(_("没有这一行，可能已被删去。"))
    return found


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: StaffRequest, budget_id: int) -> HttpResponse:
    """A new leaf; ``?func=…&eco=…&project=…`` fill it in."""
    budget = budget_of(budget_id, actor=request.actor)
    codes = codes_of(budget.fiscal_year)
    years = ProjectYear.objects.filter(budget=budget).values_list("project__code", "project__name")
    form = LineForm(
        posted(request),
        functions={code: name for code, name in codes.functions.items() if len(code) == FUNCTION_LEAF},
        economics={code: name for code, name in codes.economics.items() if len(code) == ECONOMIC_LEAF},
        projects=dict(years),
        initial={
            "func_code": request.GET.get("func", ""),
            "eco_code": request.GET.get("eco", ""),
            "project": request.GET.get("project", ""),
            "kind": LineKind.PROJECT if request.GET.get("project") else LineKind.BASIC,
        },
    )
    return verb_page(
        request,
        form,
        lambda said: add_line(
            budget.pk,
            LineKey(
                LineKind(said["kind"]),
                said["func_code"],
                said["eco_code"],
                Source(said["source"]),
                Fund(said["fund"]),
                said["project"],
            ),
            said["amount"],
            note=said["note"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("新增一行支出"),
        next_step=_("只在末级科目上填金额，上级和各表自动汇总。可先留空，再用测算填。"),
        back=reverse("budget:ledger", args=[budget.pk]),
        done=_("已新增一行。"),
    )


@needs(*READING)
@require_safe
def line_page(request: StaffRequest, budget_id: int, line_id: int) -> HttpResponse:
    """A line with its calculation, history and remarks."""
    budget = budget_of(budget_id, actor=request.actor)
    line, codes = _line(budget, line_id), codes_of(budget.fiscal_year)
    made = line.calculation
    said: dict[str, Any] = {
        "budget": budget,
        "line": line,
        "kind": LineKind(line.kind),
        "source": Source(line.source),
        "fund": Fund(line.fund),
        "function": codes.name(line.func_code),
        "economic": codes.name(line.eco_code, economic=True),
        "formulas": list(Formula),
        "writes": request.actor.holds(*WRITING) and budget.open,
        "events": timeline_of(budget, str(key_of(line))),
        "comment_form": CommentForm(),
        "key": str(key_of(line)),
    }
    if made:
        formula = Formula(made.formula)
        said["how"] = as_said(formula, made.inputs)
        said["formula"] = formula
        said["inputs"] = [(one.label, made.inputs.get(one.name, "")) for one in INPUTS[formula]]
    return render(request, "budget/ledger/line.html", said)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def calculate_line(request: StaffRequest, budget_id: int, line_id: int, formula: str) -> HttpResponse:
    """Work a line out by a formula."""
    budget = budget_of(budget_id, actor=request.actor)
    line = _line(budget, line_id)
    if formula not in set(Formula):
        raise NotThere(_("没有这个公式。"))
    made = line.calculation
    start = made.inputs if made and made.formula == formula else {}
    return verb_page(
        request,
        CalculationForm(posted(request), formula=Formula(formula), initial=start),
        lambda said: calculate(budget.pk, key_of(line), formula, said, actor=request.actor, now=request.now),
        title=_("测算：%(formula)s") % {"formula": Formula(formula).label},
        next_step=_("按公式算出金额填入本行，各项数字留存备查。"),
        back=reverse("budget:line", args=[budget.pk, line.pk]),
        done=_("已按测算填入。"),
    )


@needs(*WRITING)
@require_POST
def remove(request: StaffRequest, budget_id: int, line_id: int) -> HttpResponse:
    """Take a line away; undo brings it back."""
    budget = budget_of(budget_id, actor=request.actor)
    remove_line(budget.pk, key_of(_line(budget, line_id)), actor=request.actor, now=request.now)
    messages.success(request, _("已删去这一行；需要时可撤销。"))
    return redirect("budget:ledger", budget.pk)

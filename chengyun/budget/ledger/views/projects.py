"""Projects of a budget: what they are, their seven headings, on what they rest, their years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.compiling.rows import NIL, ProjectFacts
from chengyun.budget.ledger.actions import (
    add_basis,
    add_project,
    change_project,
    leave_out_project,
    write_sections,
)
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.forms import BasisForm, NewProjectForm, ProjectYearForm
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.models.ledger import Budget, BudgetLine
from chengyun.budget.models.projects import Heading, Nature, ProjectYear
from chengyun.kernel.errors import NotAllowed, NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


def _project(budget: Budget, project_id: int) -> ProjectFacts:
    for one in facts_from(budget, with_prior=False).projects:
        if one.id == project_id:
            return one
    raise NotThere(_("本年预算没有这个项目。"))


@needs(*READING)
@require_safe
def projects_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """All projects of the budget."""
    budget = budget_of(budget_id, actor=request.actor)
    facts = facts_from(budget)
    before = {one.code: one.requested for one in facts.prior.projects} if facts.prior else {}
    said = {
        "budget": budget,
        "rows": [{"project": one, "prior": before.get(one.code)} for one in facts.projects],
        "declared": sum(one.stands_for for one in facts.projects if one.has_targets),
        "declared_amount": sum((one.requested for one in facts.projects if one.has_targets), NIL),
        "writes": request.actor.holds(*WRITING) and budget.open,
        "natures": Nature,
    }
    return render(request, "budget/ledger/projects.html", said)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: StaffRequest, budget_id: int) -> HttpResponse:
    """A project comes in."""
    budget = budget_of(budget_id, actor=request.actor)
    return verb_page(
        request,
        NewProjectForm(posted(request), initial={"nature": Nature.RECURRENT}),
        lambda said: add_project(budget.pk, actor=request.actor, now=request.now, **said),
        title=_("新增项目"),
        next_step=_("建立后到“支出与收入”为它新增支出行，再写七项说明。"),
        back=reverse("budget:projects", args=[budget.pk]),
        done=_("项目已新增。"),
    )


@needs(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def project_page(request: StaffRequest, budget_id: int, project_id: int) -> HttpResponse:
    """A project with its headings; POST writes them."""
    budget = budget_of(budget_id, actor=request.actor)
    project = _project(budget, project_id)
    if request.method == "POST":
        return _write(request, budget, project)
    said = {
        "budget": budget,
        "project": project,
        "nature": Nature(project.nature),
        "headings": [
            (number, heading, project.sections.get(number, "")) for number, heading in enumerate(Heading, 1)
        ],
        "lines": BudgetLine.objects.filter(budget=budget, project_id=project.id),
        "years": _years(project.id),
        "writes": request.actor.holds(*WRITING) and budget.open,
    }
    return render(request, "budget/ledger/project.html", said)


def _years(project_id: int) -> list[tuple[Budget, Any]]:
    found = []
    for year in ProjectYear.objects.filter(project_id=project_id).select_related("budget"):
        lines = BudgetLine.objects.filter(budget=year.budget, project_id=project_id)
        found.append((year.budget, sum((line.amount for line in lines), NIL)))
    return sorted(found, key=lambda one: one[0].fiscal_year)


def _write(request: StaffRequest, budget: Budget, project: ProjectFacts) -> HttpResponse:
    if not request.actor.holds(*WRITING):
        raise NotAllowed(_("只有预算员可以修改项目。"))
    texts = {
        one.value: request.POST[f"section-{one.value}"]
        for one in Heading
        if f"section-{one.value}" in request.POST
    }
    try:
        write_sections(budget.pk, project.id, texts, actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("项目说明已保存。"))
    return redirect("budget:project", budget.pk, project.id)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_project(request: StaffRequest, budget_id: int, project_id: int) -> HttpResponse:
    """What a project is, and what this budget says of it."""
    budget = budget_of(budget_id, actor=request.actor)
    project = _project(budget, project_id)
    start = {
        name: getattr(project, name)
        for name in ("name", "category", "nature", "start", "end", "has_targets", "published")
    }
    start |= {"total": plain(project.total), "carried_over": plain(project.carried_over)}
    return verb_page(
        request,
        ProjectYearForm(posted(request), initial=start),
        lambda said: change_project(budget.pk, project.id, actor=request.actor, now=request.now, **said),
        title=_("修改项目：%(name)s") % {"name": project.name},
        back=reverse("budget:project", args=[budget.pk, project.id]),
        done=_("项目已修改。"),
    )


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_basis(request: StaffRequest, budget_id: int, project_id: int) -> HttpResponse:
    """A document that a project rests on."""
    budget = budget_of(budget_id, actor=request.actor)
    project = _project(budget, project_id)
    return verb_page(
        request,
        BasisForm(posted(request)),
        lambda said: add_basis(budget.pk, project.id, actor=request.actor, now=request.now, **said),
        title=_("新增立项依据：%(name)s") % {"name": project.name},
        back=reverse("budget:project", args=[budget.pk, project.id]),
        done=_("立项依据已新增。"),
    )


@needs(*WRITING)
@require_POST
def leave_out(request: StaffRequest, budget_id: int, project_id: int) -> HttpResponse:
    """Take a project out of the budget."""
    try:
        leave_out_project(budget_id, project_id, actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("budget:project", budget_id, project_id)
    messages.success(request, _("项目已移出本年预算；需要时可撤销。"))
    return redirect("budget:projects", budget_id)

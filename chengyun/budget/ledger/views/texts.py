"""比较与原因 and 编制说明: why figures changed, and the facts of the text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengyun.budget.kinds import Figure
from chengyun.budget.ledger.actions import give_reasons, set_prior, set_profile
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.comparison import compare
from chengyun.budget.ledger.facts import budget_of, facts_from
from chengyun.budget.ledger.forms import PriorForm, ProfileForm
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.ledger.profile import LISTS, assets_of, procurement_of
from chengyun.budget.ledger.screen import shown
from chengyun.budget.models.ledger import Budget, PriorFigure
from chengyun.kernel.errors import NotAllowed, NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page

_MONEY = ("goods", "works", "services", "small")
_COUNTS = (
    "general_vehicles",
    "law_vehicles",
    "special_vehicles",
    "other_vehicles",
    "general_equipment",
    "special_equipment",
)


@needs(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def changes_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """This year against last year; where a change is not nil its reason is asked for."""
    budget = budget_of(budget_id, actor=request.actor)
    if request.method == "POST":
        return _save_reasons(request, budget)
    parts = compare(facts_from(budget))
    titles = {
        "figures": _("收支和“三公”经费"),
        "functions": _("功能分类（类）"),
        "economics": _("基本支出经济分类（款）"),
        "projects": _("项目"),
    }
    rows = [row for part in parts.values() for row in part]
    said = {
        "budget": budget,
        "parts": [(name, titles[name], part) for name, part in parts.items() if part],
        "asked": sum(row.moved for row in rows),
        "open": sum(row.asks for row in rows),
        "due": sum(row.due for row in rows),
        "unknown": all(row.prior is None for row in rows),
        "writes": request.actor.holds(*WRITING) and budget.open,
        "shown": shown,
    }
    return render(request, "budget/ledger/changes.html", said)


def _save_reasons(request: StaffRequest, budget: Budget) -> HttpResponse:
    if not request.actor.holds(*WRITING):
        raise NotAllowed(_("只有预算员可以填写原因。"))
    said = {
        name.removeprefix("reason-"): str(text)
        for name, text in request.POST.items()
        if name.startswith("reason-")
    }
    try:
        count = give_reasons(budget.pk, said, actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已保存 %(count)s 条原因。") % {"count": count})
    return redirect("budget:changes", budget.pk)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def prior(request: StaffRequest, budget_id: int, figure: str) -> HttpResponse:
    """Enter a figure of last year where its budget is not in the ledger."""
    budget = budget_of(budget_id, actor=request.actor)
    if figure not in set(Figure):
        raise NotThere(_("没有这一项。"))
    known = PriorFigure.objects.filter(budget=budget, key=figure).first()
    start = {"amount": plain(known.amount), "source": known.source} if known else {}
    return verb_page(
        request,
        PriorForm(posted(request), initial=start),
        lambda said: set_prior(
            budget.pk,
            Figure(figure),
            said["amount"],
            source=said["source"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("上年数：%(figure)s") % {"figure": Figure(figure).label},
        next_step=_("只在上年预算不在本系统时填写；有上年预算时以它为准。"),
        back=reverse("budget:changes", args=[budget.pk]),
        done=_("上年数已填写。"),
    )


@needs(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Duties, offices, procurement, assets, and what each class of money is for."""
    budget = budget_of(budget_id, actor=request.actor)
    facts = facts_from(budget, with_prior=False)
    classes = {
        code: facts.functions.get(code, code) for code in sorted({one.func_code[:3] for one in facts.lines})
    }
    writes = request.actor.holds(*WRITING) and budget.open
    form = ProfileForm(posted(request), initial=_start(budget))
    if request.method == "POST":
        if not request.actor.holds(*WRITING):
            raise NotAllowed(_("只有预算员可以修改编制说明。"))
        purposes = {code: request.POST.get(f"purpose-{code}", "").strip()[:200] for code in classes}
        done, _result = attempt(
            form,
            lambda said: set_profile(
                budget.pk, _profile(said, purposes), actor=request.actor, now=request.now
            ),
        )
        if done:
            messages.success(request, _("编制说明已保存。"))
            return redirect("budget:profile", budget.pk)
    said = {
        "budget": budget,
        "form": form,
        "classes": [(code, name, facts.purposes.get(code, "")) for code, name in classes.items()],
        "writes": writes,
        "facts": facts,
    }
    return render(request, "budget/ledger/profile.html", said, status=422 if form.errors else 200)


def _start(budget: Budget) -> dict[str, Any]:
    profile = budget.profile
    bought, assets = procurement_of(profile), assets_of(profile)
    said: dict[str, Any] = {name: "\n".join(profile.get(name, ())) for name in LISTS}
    said |= {name: plain(getattr(bought, name)) for name in _MONEY}
    said |= {name: getattr(assets, name) for name in ("as_of", "buys", *_COUNTS)}
    return said


def _profile(said: dict[str, Any], purposes: dict[str, str]) -> dict[str, Any]:
    assets: dict[str, Any] = {name: said[name] or 0 for name in _COUNTS}
    assets |= {"as_of": said["as_of"].isoformat() if said["as_of"] else "", "buys": said["buys"].strip()}
    return {
        **{name: [one.strip() for one in said[name].splitlines() if one.strip()] for name in LISTS},
        "procurement": {name: plain(said[name]) for name in _MONEY},
        "assets": assets,
        "purposes": {code: text for code, text in purposes.items() if text},
    }

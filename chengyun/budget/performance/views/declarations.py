"""绩效目标: the list of forms, one form, its head and its targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.models import Budget, Declaration, Target
from chengyun.budget.performance import actions
from chengyun.budget.performance.actions.targets import COLUMNS
from chengyun.budget.performance.bought import is_open, years_declared
from chengyun.budget.performance.forms import ChangeForm, NewForm, ReasonForm, TargetForm
from chengyun.budget.performance.layout import promised
from chengyun.budget.performance.money import money_of
from chengyun.budget.performance.policies import EDITING, READING
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.saying import measure_words, number_words
from chengyun.budget.performance.standing import standings, years_measured
from chengyun.budget.performance.validation import problems_of
from chengyun.budget.performance.words import FormState
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.measures import measure
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page

_HEAD = (
    "name", "category", "department", "unit", "start", "end", "total", "grant", "carried_over", "other", "goal",
    "goal_of_year", "execution_weight",
)  # fmt: skip


def form_seen(declaration_id: int, actor: Actor) -> Declaration:
    """The form, or not there."""
    found = (
        Declaration.objects.seen_by(actor)
        .select_related("scheme", "project", "budget")
        .filter(pk=declaration_id)
        .first()
    )
    if found is None:
        raise NotThere(_("没有这份申报表。"))
    return found


def year_shown(request: StaffRequest, form: Declaration) -> int:
    """The year whose values are shown: the one asked for, else the form's own or one that was measured."""
    asked = request.GET.get("year", "")
    if asked.isdigit() and 2015 <= int(asked) <= 2100:
        return int(asked)
    return next(iter(years_measured(form)), form.fiscal_year)


@needs(*READING)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """All forms of a budget year (``?of=2024``) with how they stand."""
    years = years_declared(request.actor)
    asked = request.GET.get("of", "")
    year = (
        int(asked) if asked.isdigit() and int(asked) in years else next(iter(years), local(request.now).year)
    )
    limits = thresholds_on(local(request.now).date())
    rows = []
    for form in Declaration.objects.seen_by(request.actor).filter(fiscal_year=year).select_related("scheme"):
        shown = next(iter(years_measured(form)), form.fiscal_year)
        found = standings(form, shown, limits)
        rows.append(
            {
                "form": form,
                "targets": len(found),
                "measured": sum(1 for one in found if one.on_course is not None),
                "snapshot": form.snapshots.first(),
                "evaluation": form.evaluations.first(),
            }
        )
    said = {"years": years, "year": year, "rows": rows, "may_edit": request.actor.holds(*EDITING)}
    return render(request, "budget/performance/list.html", said)


@needs(*READING)
@require_safe
def page(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """One form: what is promised, what was measured, what is wrong with it."""
    form = form_seen(declaration_id, request.actor)
    year = year_shown(request, form)
    found = standings(form, year, thresholds_on(local(request.now).date()))
    whole = sum((one.target.weight or 0 for one in found), form.execution_weight)
    said = {
        "plain": number_words,
        "form": form,
        "year": year,
        "years": years_measured(form),
        "this_year": local(request.now).year,
        "money": money_of(form, actor=request.actor),
        "rows": [(one, promised(one.target), _source(one.target)) for one in found],
        "whole": whole,
        "problems": problems_of(form),
        "rehearsal": any(one.measurement.rehearsal for one in found if one.measurement),
        "events": form.events.all()[:12],
        "snapshot": form.snapshots.first(),
        "evaluation": form.evaluations.first(),
        "may_edit": request.actor.holds(*EDITING),
        "open": is_open(form),
        "declared": form.state == FormState.DECLARED,
    }
    return render(request, "budget/performance/form.html", said)


def _source(target: Target) -> tuple[str, bool]:
    """What a target is bound to in words, and whether it is offered."""
    return measure_words(target.measure), not target.measure or measure(target.measure) is not None


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new form, filled from the budget of the year where there is one."""
    budget = Budget.objects.seen_by(request.actor).first()
    year = (budget.fiscal_year if budget else local(request.now).year) + 1
    start: dict[str, Any] = {"fiscal_year": year, "start": f"{year}-01-01", "end": f"{year}-12-31"}
    if budget:
        start |= {"department": budget.org_name, "unit": budget.org_name}
    like = request.GET.get("like", "")
    if like.isdigit():
        start |= _like(form_seen(int(like), request.actor))
    form = NewForm(posted(request), actor=request.actor, initial=start)
    if request.method == "POST":
        done, made = attempt(form, lambda said: actions.create(actor=request.actor, now=request.now, **said))
        if done:
            messages.success(request, _("申报表已建立，请逐项填指标。"))
            return redirect("budget:performance-form", made.pk)
    said = {
        "plain": number_words,
        "form": form,
        "title": _("新的绩效目标申报表"),
        "next": _("建立后逐项填指标，权重合计 100 才能申报。"),
        "back": reverse("budget:performance"),
    }
    return render(request, "organisation/verb.html", said, status=422 if form.errors else 200)


def _like(old: Declaration) -> dict[str, Any]:
    said = {name: getattr(old, name) for name in _HEAD if name != "execution_weight"}
    year = old.fiscal_year + 1
    return said | {
        "level": old.level, "scheme": old.scheme.key, "fiscal_year": year, "code": old.code, "like_id": old.pk,
        "start": f"{year}-01-01", "end": f"{year}-12-31",
    }  # fmt: skip


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """The head of a form."""
    form = form_seen(declaration_id, request.actor)
    initial = {name: getattr(form, name) for name in _HEAD} | {"seen": form.version}
    return verb_page(
        request,
        ChangeForm(posted(request), initial=initial),
        lambda said: actions.change(form.pk, actor=request.actor, now=request.now, **said),
        title=_("修改申报表：%(name)s") % {"name": form.name},
        back=reverse("budget:performance-form", args=[form.pk]),
        done=_("已修改。"),
    )


@needs(*EDITING)
@require_POST
def declare(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """Hand it in as it was seen."""
    actions.declare(declaration_id, seen=_seen(request), actor=request.actor, now=request.now)
    messages.success(request, _("已申报，指标不再修改。"))
    return redirect("budget:performance-form", declaration_id)


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """Take it back, with a reason."""
    form = form_seen(declaration_id, request.actor)
    return verb_page(
        request,
        ReasonForm(posted(request), initial={"seen": form.version}),
        lambda said: actions.reopen(form.pk, actor=request.actor, now=request.now, **said),
        title=_("退回修改：%(name)s") % {"name": form.name},
        next_step=_("指标可以再改，改完重新申报；已有的测算保留。"),
        back=reverse("budget:performance-form", args=[form.pk]),
        done=_("已退回，可以修改。"),
    )


def _seen(request: StaffRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdigit() else -1


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_target(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """One more target."""
    form = form_seen(declaration_id, request.actor)
    return verb_page(
        request,
        TargetForm(posted(request), form=form, initial={"seen": form.version}),
        lambda said: actions.add_target(form.pk, actor=request.actor, now=request.now, **said),
        title=_("增加指标：%(name)s") % {"name": form.name},
        next_step=_("数值和比率要写明方向、单位、周期；定性指标要写明凭什么判断。"),
        back=reverse("budget:performance-form", args=[form.pk]),
        done=_("已增加。"),
    )


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_target(request: StaffRequest, target_id: int) -> HttpResponse:
    """A target's promise."""
    target = target_seen(target_id, request.actor)
    form = target.declaration
    initial = {name: getattr(target, name) for name in COLUMNS}
    initial = {name: _plain(value) for name, value in initial.items()}
    initial |= {"scheme_class_id": target.scheme_class_id, "seen": form.version}
    return verb_page(
        request,
        TargetForm(posted(request), form=form, bound=target.measure, initial=initial),
        lambda said: actions.change_target(target.pk, actor=request.actor, now=request.now, **said),
        title=_("修改指标：%(name)s") % {"name": target.name},
        back=reverse("budget:performance-form", args=[form.pk]),
        done=_("已修改。"),
    )


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


@needs(*EDITING)
@require_POST
def drop_target(request: StaffRequest, target_id: int) -> HttpResponse:
    """Take a target out."""
    target = target_seen(target_id, request.actor)
    actions.drop_target(target.pk, seen=_seen(request), actor=request.actor, now=request.now)
    messages.success(request, _("已删除指标“%(name)s”。") % {"name": target.name})
    return redirect("budget:performance-form", target.declaration_id)


def target_seen(target_id: int, actor: Actor) -> Target:
    """A target of a form that this person may see."""
    forms = Declaration.objects.seen_by(actor)
    found = Target.objects.filter(pk=target_id, declaration__in=forms).select_related(
        "declaration__scheme", "scheme_class"
    )
    row = found.first()
    if row is None:
        raise NotThere(_("没有这项指标。"))
    return row

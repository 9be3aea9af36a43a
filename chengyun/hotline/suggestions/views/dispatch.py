"""派单目录: the lines, a box to try it out, and the verbs on a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.catalogue_queries import search_items
from chengyun.cases.vocabulary import CatalogueKind
from chengyun.geography.models import AreaKind
from chengyun.geography.queries import areas_of
from chengyun.hotline.models import DispatchRule
from chengyun.hotline.suggestions.dispatch.actions import RuleSaid, end_rule, set_rule, withdraw_rule
from chengyun.hotline.suggestions.dispatch.forms import EndRuleForm, RuleForm, TryForm
from chengyun.hotline.suggestions.dispatch.matching import beginnings, branch_name, candidates
from chengyun.hotline.suggestions.policies import READING_CATALOGUE, WRITING_CATALOGUE
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.models.dated import valid_on
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_PAGE, _WORDS = 50, 60


@needs(*READING_CATALOGUE)
@require_safe
def catalogue(request: StaffRequest) -> HttpResponse:
    """The lines that hold today, or all of them; above them a box to try which would decide."""
    today = local(request.now).date()
    every = request.GET.get("every", "") == "1"
    rows = chosen_rows(request, today)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    said = {
        "page": page,
        "rows": [(row, branch_name(row.branch), _standing(row, today)) for row in page.object_list],
        "every": every,
        "may_edit": request.actor.holds(*WRITING_CATALOGUE),
        **_tried(request, today),
    }
    return render(request, "hotline/suggestions/dispatch.html", said)


def chosen_rows(request: StaffRequest, today: date) -> QuerySet[DispatchRule]:
    """The lines that the address asks for, in the order of the catalogue."""
    rows = DispatchRule.objects.select_related("lead_unit", "area").defer("area__boundary")
    rows = rows.prefetch_related("helpers").order_by("branch", "area__code", "-valid_from", "pk")
    if request.GET.get("every", "") != "1":
        rows = rows.filter(valid_on(today), withdrawn=False)
    if words := request.GET.get("q", "").strip()[:_WORDS]:
        named = [one.key for one in search_items(words, (CatalogueKind.APPEALS.value,), 200)]
        above = {branch for key in named for branch in beginnings(key) if branch}
        rows = rows.filter(
            Q(lead_unit__name__icontains=words)
            | Q(area__name__icontains=words)
            | Q(legal_basis__icontains=words)
            | Q(branch__endswith=f"/{words}")
            | Q(branch__in=above)
        )
    return rows


def _standing(row: DispatchRule, today: date) -> str:
    if row.withdrawn:
        return _("已撤销")
    if row.valid_from > today:
        return _("未生效")
    return _("已失效") if row.valid_until is not None and row.valid_until < today else ""


def _tried(request: StaffRequest, today: date) -> dict[str, Any]:
    asked = "try" in request.GET
    form = TryForm(request.GET if asked else None, today=today, initial={"on": today})
    if not asked or not form.is_valid():
        return {"form": form, "asked": False}
    said = form.cleaned_data
    found = candidates(said["branch"], said["street"], None, said["on"] or today)
    return {"form": form, "asked": True, "found": found, "tried": branch_name(said["branch"])}


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_line(request: StaffRequest) -> HttpResponse:
    """A new line, or one in the place of another (``from`` names the one to begin with)."""
    today = local(request.now).date()
    form = RuleForm(posted(request), actor=request.actor, today=today, initial=_initial(request, today))
    areas = areas_of(AreaKind.STREET)
    return verb_page(
        request,
        form,
        lambda said: set_rule(RuleSaid(**said), actor=request.actor, now=request.now),
        title=_("设置派单规则"),
        next_step=_("从生效日起替换同一类别、同一地区原来的规则；原来的留在记录里。地区可写：%(names)s 等。")
        % {"names": _("、").join(one.name for one in areas[:4])},
        back=reverse("hotline:dispatch-catalogue"),
        done=_("派单规则已设置。"),
    )


def _initial(request: StaffRequest, today: date) -> dict[str, Any]:
    number = request.GET.get("from", "")
    row = (
        DispatchRule.objects.filter(pk=int(number)).first() if number.isdigit() and len(number) < 12 else None
    )
    if row is None:
        return {"valid_from": today}
    names = ("branch", "lead_unit_id", "own_duty", "legal_basis", "note", "source", "provenance")
    return {
        **{name: getattr(row, name) for name in names},
        "area": row.area.code if row.area else "",
        "helper_ids": [helper.pk for helper in row.helpers.all()],
        "valid_from": today,
    }


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_line(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Let a line hold until a day."""
    row = _row(rule_id)
    form = EndRuleForm(posted(request), initial={"last_day": local(request.now).date()})
    return verb_page(
        request,
        form,
        lambda said: end_rule(rule_id, actor=request.actor, now=request.now, **said),
        title=_("终止派单规则：%(what)s · %(unit)s")
        % {"what": branch_name(row.branch), "unit": row.lead_unit},
        next_step=_("过了这一天不再适用，记录保留。"),
        back=reverse("hotline:dispatch-catalogue"),
        done=_("派单规则已终止。"),
        danger=True,
    )


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_line(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Take a wrong line out."""
    row = _row(rule_id)
    return verb_page(
        request,
        forms.Form(posted(request)),
        lambda _said: withdraw_rule(rule_id, actor=request.actor, now=request.now),
        title=_("撤销派单规则：%(what)s · %(unit)s")
        % {"what": branch_name(row.branch), "unit": row.lead_unit},
        next_step=_("立即不再适用，记录保留。只用于写错的规则；不再由它办理的请用“终止”。"),
        back=reverse("hotline:dispatch-catalogue"),
        done=_("派单规则已撤销。"),
        danger=True,
    )


def _row(rule_id: int) -> DispatchRule:
    row = DispatchRule.objects.select_related("lead_unit").filter(pk=rule_id, withdrawn=False).first()
    if row is None:
        raise NotThere(_("没有这条派单规则，或已撤销。"))
    return row

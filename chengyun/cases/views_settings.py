"""流程参数 and 用语: what the city decides about the loop. Staff read, administrators set."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.actions.settings import set_label, set_rule
from chengyun.cases.forms_settings import LabelForm, RuleForm
from chengyun.cases.labels import THINGS, words_of
from chengyun.cases.models import LoopRule
from chengyun.cases.process import LOOPS, Kind
from chengyun.cases.rule_names import BOUNDS, RuleName
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import verb_page
from chengyun.ui.formats import english
from chengyun.worktime.limits import Provenance


@staff
@require_safe
def rules(request: StaffRequest) -> HttpResponse:
    """Every rule with the row in force, what comes after it, and what was before."""
    today = local(request.now).date()
    grouped: dict[tuple[str, str], list[LoopRule]] = {}
    for row in LoopRule.objects.order_by("process", "name", "-valid_from"):
        grouped.setdefault((row.process, row.name), []).append(row)
    shown = [_rule(process, name, rows, today) for (process, name), rows in grouped.items() if name in BOUNDS]
    said = {"rules": shown, "may_edit": request.actor.holds(Post.ADMIN)}
    return render(request, "cases/rules.html", said)


def _rule(process: str, name: str, rows: list[LoopRule], today: date) -> dict[str, Any]:
    now = next((row for row in rows if row.valid_from <= today), None)
    return {
        "process": process,
        "kind": Kind(process),
        "name": name,
        "called": RuleName(name),
        "now": now,
        "provenance": Provenance(now.provenance) if now else None,
        "later": [row for row in rows if row.valid_from > today],
        "before": [row for row in rows if now is not None and row.valid_from < now.valid_from],
    }


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: StaffRequest, process: str, name: str) -> HttpResponse:
    """Let a rule have another value from a day on."""
    today = local(request.now).date()
    rows = LoopRule.objects.filter(process=process, name=name).order_by("-valid_from")
    now = rows.filter(valid_from__lte=today).first() or rows.last()
    if now is None or name not in BOUNDS:
        raise NotThere(_("没有这项参数。"))
    start = {"value": f"{now.value.normalize():f}", "valid_from": today, "provenance": Provenance.PRIMARY}
    form = RuleForm(request.POST or None, initial=start, name=name)
    return verb_page(
        request,
        form,
        lambda said: set_rule(process, name, actor=request.actor, now=request.now, **said),
        title=_("修改参数：%(process)s %(name)s")
        % {"process": Kind(process).label, "name": RuleName(name).label},
        next_step=_("原值留作历史，到新值生效前一天为止；此后的操作按新值判断。"),
        back=reverse("cases:rules"),
        done=_("参数已修改。"),
    )


@staff
@require_safe
def labels(request: StaffRequest) -> HttpResponse:
    """What the states, verbs and timers of a process are called."""
    process = request.GET.get("process", Kind.HOTLINE)
    if process not in LOOPS:
        process = Kind.HOTLINE.value
    said = {
        "process": process,
        "kinds": list(Kind),
        "groups": [(thing, _thing(thing), list(words_of(process, thing))) for thing in THINGS],
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "cases/labels.html", said)


def _thing(thing: str) -> str:
    return {"state": _("状态"), "verb": _("操作"), "timer": _("时钟")}[thing]


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_label(request: StaffRequest, process: str, thing: str, name: str) -> HttpResponse:
    """Give a thing the centre's own words."""
    known = process in LOOPS and thing in THINGS
    word = next((one for one in words_of(process, thing) if one.name == name), None) if known else None
    if word is None:
        raise NotThere(_("没有这个用语。"))
    form = LabelForm(request.POST or None, initial={"zh": word.own_zh, "en": word.own_en})
    return verb_page(
        request,
        form,
        lambda said: set_label(process, thing, name, actor=request.actor, now=request.now, **said),
        title=_("修改用语：%(thing)s“%(word)s”")
        % {"thing": _thing(thing), "word": word.en if english() else word.zh},
        next_step=_("页面和导出里都换成新词，案件记录里的步骤不变。"),
        back=f"{reverse('cases:labels')}?process={process}",
        done=_("用语已修改。"),
    )

"""市民网页: what the centre decides about the public's pages. Staff read, administrators set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.citizen.actions.settings import EDITORS, clear_case, save_row, set_rule
from chengyun.citizen.forms_settings import (
    CategoryForm,
    ClearForm,
    PublicClassForm,
    QuestionForm,
    RuleForm,
    WordForm,
)
from chengyun.citizen.models import (
    CitizenRule,
    Clearance,
    PlainCategory,
    PlainQuestion,
    PlainWord,
    PublicClass,
)
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import BOUNDS, CitizenRuleName
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import verb_page
from chengyun.worktime.limits import Provenance


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of these settings. ``adds``: whether rows may be added on screen."""

    model: type[models.Model]
    form: Any  # a ModelForm
    title: Promise
    adds: bool = True


KINDS: dict[str, Kind] = {
    "category": Kind(PlainCategory, CategoryForm, gettext_lazy("上报类别")),
    "class": Kind(PublicClass, PublicClassForm, gettext_lazy("公开的类别")),
    "word": Kind(PlainWord, WordForm, gettext_lazy("市民看到的话"), adds=False),
    "question": Kind(PlainQuestion, QuestionForm, gettext_lazy("验证小问题")),
}
_TABS = (*KINDS, "rule", "clearance")


@staff
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """One table at a time."""
    tab = request.GET.get("tab", "category")
    tab = tab if tab in _TABS else "category"
    titles = {name: str(kind.title) for name, kind in KINDS.items()}
    titles |= {"rule": _("数值与次数限制"), "clearance": _("单件公开")}
    said = {
        "tab": tab,
        "tabs": [{"label": titles[name], "href": f"?tab={name}", "current": name == tab} for name in _TABS],
        "title": titles[tab],
        "rows": _rules(request) if tab == "rule" else _rows(tab),
        "adds": tab in KINDS and KINDS[tab].adds,
        "may_edit": request.actor.holds(Post.ADMIN),
        "may_clear": request.actor.holds(*EDITORS),
    }
    return render(request, "citizen/settings/overview.html", said)


def _rows(tab: str) -> list[Any]:
    if tab == "clearance":
        return list(Clearance.objects.select_related("case").order_by("-at", "-id")[:100])
    return list(KINDS[tab].model._default_manager.all())


def _rules(request: StaffRequest) -> list[dict[str, Any]]:
    today = local(request.now).date()
    rows = list(CitizenRule.objects.order_by("name", "-valid_from"))
    shown = []
    for name in CitizenRuleName:
        mine = [row for row in rows if row.name == name]
        now = next((row for row in mine if row.valid_from <= today), None)
        shown.append(
            {
                "name": name,
                "value": rule(name, request.now),
                "row": now,
                "provenance": Provenance(now.provenance) if now else None,
                "later": [row for row in mine if row.valid_from > today],
            }
        )
    return shown


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: StaffRequest, name: str) -> HttpResponse:
    """Let a number have another value from a day on."""
    if name not in BOUNDS:
        raise NotThere(_("没有这项参数。"))
    start = {
        "value": rule(name, request.now),
        "valid_from": local(request.now).date(),
        "provenance": Provenance.PRIMARY,
    }
    form = RuleForm(request.POST if request.method == "POST" else None, initial=start)
    return verb_page(
        request,
        form,
        lambda said: set_rule(name, actor=request.actor, now=request.now, **said),
        title=_("修改：%(name)s") % {"name": CitizenRuleName(name).label},
        next_step=_("原值留作历史；新值从那天起对市民网页生效。"),
        back=_back("rule"),
        done=_("数值已修改。"),
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: StaffRequest, kind: str) -> HttpResponse:
    """A new row of a table."""
    table = KINDS.get(kind)
    if table is None or not table.adds:
        raise NotThere(_("没有这张表，或它不能加行。"))
    return _row_page(request, kind, table, table.model())


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_row(request: StaffRequest, kind: str, row_id: int) -> HttpResponse:
    """Change a row of a table."""
    table = KINDS.get(kind)
    row = table.model._default_manager.filter(pk=row_id).first() if table is not None else None
    if table is None or row is None:
        raise NotThere(_("没有这一行。"))
    return _row_page(request, kind, table, row)


def _row_page(request: StaffRequest, kind: str, table: Kind, row: models.Model) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = table.form(posted, instance=type(row)._default_manager.filter(pk=row.pk).first() or type(row)())
    return verb_page(
        request,
        form,
        lambda said: save_row(row, said, actor=request.actor, now=request.now),
        title=f"{table.title}{_('：')}{row if row.pk else _('新增')}",
        next_step=_("保存后市民网页几秒内更新；改了什么记入变更记录。"),
        back=_back(kind),
        done=_("已保存。"),
    )


@needs(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: StaffRequest) -> HttpResponse:
    """Decide what everybody may read of one order."""
    start = {"number": request.GET.get("number", "")[:40]}
    form = ClearForm(request.POST if request.method == "POST" else None, initial=start)
    return verb_page(
        request,
        form,
        lambda said: clear_case(**said, actor=request.actor, now=request.now),
        title=_("决定单件的公开内容"),
        next_step=_("公开名单里，该类不公开的和要求保密的，无论如何都不会出现。"),
        back=_back("clearance"),
        done=_("已保存，公开名单随即更新。"),
    )


def _back(tab: str) -> str:
    return f"{reverse('citizen:settings')}?tab={tab}"

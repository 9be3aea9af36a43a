"""目录: an administrator's steps on what is the district's own: items and criteria."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengyun.cases import catalogue_actions
from chengyun.cases.actions import criteria
from chengyun.cases.catalogue_version import Item
from chengyun.cases.forms_settings import CriterionForm, LocalItemForm, NewCriterionForm, ReasonForm
from chengyun.cases.models import CatalogueCriterion
from chengyun.cases.views_catalogue import item_address, item_named
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import verb_page

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Post.ADMIN)
@either
def add_item(request: StaffRequest) -> HttpResponse:
    """Add an item of the district's own beneath a class."""
    parent = item_named(request.GET.get("key", ""))
    least, most = _local_range(parent)
    form = LocalItemForm(request.POST or None)
    form.fields["code"].help_text = _("%(least)s 到 %(most)s") % {"least": least, "most": most}
    return _page(
        request,
        form,
        lambda said: catalogue_actions.add_local_item(
            parent.key, actor=request.actor, now=request.now, **said
        ),
        _("新增本区小类：%(name)s") % {"name": parent.name},
        parent.key,
        _("登记和上报时就能选到它，只在本区有效。"),
        _("已新增。"),
    )


def _local_range(parent: Item) -> tuple[str, str]:
    _digits, least, most = catalogue_actions.LOCAL_RANGES.get(parent.catalogue, (3, 901, 999))
    return f"{parent.code}{least}", f"{parent.code}{most}"


@needs(Post.ADMIN)
@either
def retire_item(request: StaffRequest) -> HttpResponse:
    """Take an item out of use."""
    found = item_named(request.GET.get("key", ""))
    return _page(
        request,
        ReasonForm(request.POST or None),
        lambda said: catalogue_actions.retire_item(found.key, actor=request.actor, now=request.now, **said),
        _("停用：%(name)s") % {"name": found.name},
        found.key,
        _("不能再选它；已用它的案件不变。"),
        _("已停用。"),
        danger=True,
    )


@needs(Post.ADMIN)
@either
def add_criterion(request: StaffRequest) -> HttpResponse:
    """Add a criterion to an item."""
    found = item_named(request.GET.get("key", ""))
    form = NewCriterionForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    return _page(
        request,
        form,
        lambda said: criteria.add_criterion(found.key, actor=request.actor, now=request.now, **said),
        _("新增标准：%(name)s") % {"name": found.name},
        found.key,
        _("立大类的标准，其下没有自己标准的小类都适用。"),
        _("标准已新增。"),
    )


@needs(Post.ADMIN)
@either
def change_criterion(request: StaffRequest, criterion_id: int) -> HttpResponse:
    """Reword a criterion."""
    row = _criterion(criterion_id)
    form = CriterionForm(request.POST or None, initial={"words": row.text, "provenance": row.provenance})
    return _page(
        request,
        form,
        lambda said: criteria.change_criterion(row.pk, actor=request.actor, now=request.now, **said),
        _("修改标准：%(name)s") % {"name": row.item.name},
        row.item.key,
        _("已用它立案、结案的案件保留原文。"),
        _("标准已修改。"),
    )


@needs(Post.ADMIN)
@either
def retire_criterion(request: StaffRequest, criterion_id: int) -> HttpResponse:
    """Take a criterion out of use."""
    row = _criterion(criterion_id)
    return _page(
        request,
        ReasonForm(request.POST or None),
        lambda said: criteria.retire_criterion(row.pk, actor=request.actor, now=request.now, **said),
        _("停用标准：%(text)s") % {"text": row.text},
        row.item.key,
        _("不能再选它；已用它的案件不变。"),
        _("标准已停用。"),
        danger=True,
    )


def _criterion(criterion_id: int) -> CatalogueCriterion:
    rows = CatalogueCriterion.objects.select_related("item")
    row = rows.filter(pk=criterion_id, active=True).first()
    if row is None:
        raise NotThere(_("没有这条标准，或已停用。"))
    return row


def _page(
    request: StaffRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    title: str,
    key: str,
    next_step: str,
    done: str,
    *,
    danger: bool = False,
) -> HttpResponse:
    back = item_address(key)
    return verb_page(
        request, form, run, title=title, back=back, done=done, next_step=next_step, danger=danger
    )

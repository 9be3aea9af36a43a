"""目录: editions side by side, their items and criteria. Staff read, administrators edit what is the district's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases import catalogue_actions, catalogue_queries
from chengyun.cases.actions import criteria
from chengyun.cases.catalogue_version import Item
from chengyun.cases.forms_settings import CriterionForm, LocalItemForm, NewCriterionForm, ReasonForm
from chengyun.cases.models import Catalogue, CatalogueCriterion, CatalogueItem, CatalogueMapping
from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import verb_page

_FOUND, _TYPED = 60, 60
either = require_http_methods(["GET", "HEAD", "POST"])


@staff
@require_safe
def catalogues(request: StaffRequest) -> HttpResponse:
    """The editions, and what was searched for in all of them."""
    words = request.GET.get("q", "").strip()[:_TYPED]
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in set(CatalogueKind) else ()
    leaves = Q(items__level__gt=1)
    rows = Catalogue.objects.annotate(
        leaves=Count("items", filter=leaves & Q(items__active=True)),
        local=Count("items", filter=Q(items__local=True, items__active=True)),
    ).order_by("kind", "-valid_from")
    found = catalogue_queries.search_items(words, kinds, _FOUND) if words else []
    said = {
        "catalogues": [(row, CatalogueKind(row.kind), _classes(row)) for row in rows],
        "found": [(one, _becomes(one)) for one in found],
        "words": words,
        "kind": kind,
        "kinds": list(CatalogueKind),
        "has_mapping": CatalogueMapping.objects.exists(),
    }
    return render(request, "cases/catalogues.html", said)


def _classes(row: Catalogue) -> list[Item]:
    return catalogue_queries.classes(row.code, row.kind)


def _becomes(one: Item) -> list[tuple[Item | None, str]]:
    rows = catalogue_queries.successors(one.key)
    return [(catalogue_queries.item(row.new_key) if row.new_key else None, row.note) for row in rows]


@staff
@require_safe
def comparison(request: StaffRequest) -> HttpResponse:
    """What became of every item of an older edition, side by side."""
    only = request.GET.get("only", "")
    rows = CatalogueMapping.objects.order_by("old_key", "new_key")
    if only == "gone":
        rows = rows.filter(new_key="")
    elif only == "renamed":
        rows = rows.exclude(new_key="").exclude(note="")
    lines = [
        (
            catalogue_queries.item(row.old_key),
            catalogue_queries.item(row.new_key) if row.new_key else None,
            row,
        )
        for row in rows
    ]
    return render(request, "cases/comparison.html", {"lines": lines, "only": only})


@staff
@require_safe
def item(request: StaffRequest) -> HttpResponse:
    """One class or item (``key`` in the address): what is beneath it, its criteria, where they come from."""
    found = _item(request.GET.get("key", ""))
    row = CatalogueItem.objects.select_related("catalogue", "changed_by").get(pk=found.id)
    said = {
        "item": found,
        "row": row,
        "kind": CatalogueKind(found.kind),
        "parent": catalogue_queries.item(found.parent_key),
        "children": catalogue_queries.children(found.key),
        "becomes": _becomes(found),
        "criteria": _criteria(found),
        "may_edit": request.actor.holds(Post.ADMIN),
        "may_add": row.level == (2 if found.kind == CatalogueKind.APPEALS else 1) and found.active,
    }
    return render(request, "cases/item.html", said)


def _criteria(found: Item) -> list[tuple[CriterionKind, list[Any], list[Any]]]:
    """Per kind: the item's own criteria, and those that hold for it without being its own."""
    groups = []
    for kind in CriterionKind:
        valid = catalogue_queries.criteria_for(found.key, kind)
        own = set(
            CatalogueCriterion.objects.filter(item_id=found.id, kind=kind, active=True).values_list(
                "pk", flat=True
            )
        )
        mine, inherited = [c for c in valid if c.id in own], [c for c in valid if c.id not in own]
        groups.append((kind, mine, inherited))
    return groups


def _item(key: str) -> Item:
    found = catalogue_queries.item(key[:60])
    if found is None:
        raise NotThere(_("目录中没有这一项：%(key)s") % {"key": key[:60]})
    return found


def item_address(key: str) -> str:
    """Where an item's page is; its key has slashes, so it stands in the query."""
    return f"{reverse('cases:item')}?{urlencode({'key': key})}"


@needs(Post.ADMIN)
@either
def add_item(request: StaffRequest) -> HttpResponse:
    """Add an item of the district's own beneath a class."""
    parent = _item(request.GET.get("key", ""))
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
    found = _item(request.GET.get("key", ""))
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
    found = _item(request.GET.get("key", ""))
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

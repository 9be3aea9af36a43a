"""目录: editions side by side, their items and criteria, as all staff read them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.cases import catalogue_queries
from chengyun.cases.catalogue_version import Item
from chengyun.cases.models import Catalogue, CatalogueCriterion, CatalogueItem, CatalogueMapping
from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest

_FOUND, _TYPED = 60, 60


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
    found = item_named(request.GET.get("key", ""))
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


def item_named(key: str) -> Item:
    """The item of that key, or ``NotThere``."""
    found = catalogue_queries.item(key[:60])
    if found is None:
        raise NotThere(_("目录中没有这一项：%(key)s") % {"key": key[:60]})
    return found


def item_address(key: str) -> str:
    """Where an item's page is; its key has slashes, so it stands in the query."""
    return f"{reverse('cases:item')}?{urlencode({'key': key})}"

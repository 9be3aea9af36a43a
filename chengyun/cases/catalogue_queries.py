"""Named reads of the catalogues, answered from the copy in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chengyun.cases.catalogue_version import Criterion, Item, forget, snapshot
from chengyun.cases.models.catalogue import Catalogue, CatalogueMapping
from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.organisation.models.dated import valid_on

__all__ = [
    "Criterion",
    "Item",
    "children",
    "classes",
    "criteria_for",
    "current_catalogue",
    "forget",
    "item",
    "item_by_id",
    "leaves_beneath",
    "search_items",
    "successors",
]


def item(key: str) -> Item | None:
    """The item of that key, retired ones included; None if there is none."""
    return snapshot().items.get(key)


def item_by_id(item_id: int) -> Item | None:
    """The item of that row id; None if there is none."""
    return snapshot().by_id.get(item_id)


def children(key: str) -> list[Item]:
    """Items in use directly beneath a class, by code."""
    return [item for item in snapshot().children.get(key, []) if item.active]


def classes(catalogue: str, kind: str) -> list[Item]:
    """The top classes (大类) of one catalogue, by code."""
    return [
        item
        for item in snapshot().items.values()
        if item.level == 1 and item.active and item.catalogue == catalogue and item.kind == kind
    ]


def leaves_beneath(key: str) -> list[Item]:
    """Every item in use that has nothing beneath it, under a class at any depth; a leaf gives itself."""
    start = item(key)
    if start is None:
        return []
    if start.leaf:
        return [start]
    return [leaf for child in children(key) for leaf in leaves_beneath(child.key)]


def current_catalogue(kind: str, on: date) -> Catalogue | None:
    """The catalogue of a kind in force on a day: the newest if several are; None before the first."""
    return Catalogue.objects.filter(valid_on(on), kind=kind).order_by("-valid_from", "-id").first()


def search_items(
    text: str, kinds: Iterable[str] = (), limit: int = 20, *, catalogues: Iterable[str] = ()
) -> list[Item]:
    """Leaves in use that a clerk may mean, best first: by code, name, class; else by shared pairs of letters.

    Several words must all be found. ``kinds`` and ``catalogues`` narrow the search; empty means all.
    """
    words = text.split()
    if not words:
        return []
    wanted, codes = set(kinds) or {kind.value for kind in CatalogueKind}, set(catalogues)
    pool = [
        item
        for item in snapshot().items.values()
        if item.leaf and item.active and item.kind in wanted and (not codes or item.catalogue in codes)
    ]
    ranked = [(_rank(item, words), item.key, item) for item in pool]
    found = sorted(entry for entry in ranked if entry[0] is not None)
    if found:
        return [entry[2] for entry in found[:limit]]
    return _alike("".join(words), pool, limit)


def _rank(item: Item, words: list[str]) -> int | None:
    """How near an item is to the words, 0 nearest; None if one of them is not in it."""
    worst = 0
    for word in words:
        if word == item.code or word == item.name:
            rank = 0
        elif item.code.startswith(word) or item.name.startswith(word):
            rank = 1
        elif word in item.name:
            rank = 2
        elif word in item.path or word == item.key:
            rank = 3
        else:
            return None
        worst = max(worst, rank)
    return worst


def _alike(text: str, pool: list[Item], limit: int) -> list[Item]:
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    scored = []
    for item in pool:
        shared = sum(pair in item.name for pair in pairs)
        if shared:
            scored.append((-shared, len(item.name), item.key, item))
    return [entry[3] for entry in sorted(scored)[:limit]]


def criteria_for(key: str, kind: CriterionKind) -> list[Criterion]:
    """The criteria of an item: its own or its class's, else those of the part it is about (…异常)."""
    found = snapshot()
    for step in (key, key.replace("/M/", "/P/")):
        item = found.items.get(step)
        while item is not None:
            criteria = found.criteria.get((item.id, kind.value))
            if criteria:
                return criteria
            item = found.items.get(item.parent_key)
    return []


def successors(old_key: str) -> list[CatalogueMapping]:
    """What became of an item of an older edition; a row with an empty ``new_key`` says there is no entry."""
    return list(CatalogueMapping.objects.filter(old_key=old_key).order_by("new_key"))

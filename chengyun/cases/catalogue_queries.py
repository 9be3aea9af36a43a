"""Named reads of the catalogues. The whole of them is kept in memory: about 1,500 small rows."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from chengyun.cases.models.catalogue import (
    Catalogue,
    CatalogueCriterion,
    CatalogueItem,
    CatalogueMapping,
    CatalogueVersion,
)
from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.organisation.models.dated import valid_on

SECONDS = 1.0  # how long a process believes its copy before it looks at the version row again


@dataclass(frozen=True, slots=True)
class Item:
    """A class or leaf of a catalogue, read only. ``path``: names from the top, 市容环境类 / 暴露垃圾."""

    id: int
    key: str
    catalogue: str
    kind: str
    side: str
    code: str
    level: int
    name: str
    path: str
    parent_key: str
    leaf: bool
    local: bool
    active: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition, filing criterion, ground for refusal or closing criterion."""

    id: int
    kind: str
    code: str
    text: str
    provenance: str


class Snapshot:
    """All catalogues at one version."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.committed = False  # whether its version was once seen outside a transaction
        rows = list(CatalogueItem.objects.select_related("catalogue").order_by("key"))
        self.items = _items(rows)
        self.by_id = {item.id: item for item in self.items.values()}
        self.children: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            if item.parent_key:
                self.children[item.parent_key].append(item)
        self.criteria: dict[tuple[int, str], list[Criterion]] = defaultdict(list)
        for row in CatalogueCriterion.objects.filter(active=True).order_by("position", "id"):
            seen = Criterion(row.id, row.kind, row.code, row.text, row.provenance)
            self.criteria[row.item_id, row.kind].append(seen)


def _items(rows: list[CatalogueItem]) -> dict[str, Item]:
    # A parent is found by catalogue and code: the one class whose code is printed twice has no children.
    places = {(row.catalogue_id, row.code): row for row in reversed(rows)}
    with_children = {(row.catalogue_id, row.parent_code) for row in rows}
    items: dict[str, Item] = {}
    for row in sorted(rows, key=lambda row: row.level):
        parent = places.get((row.catalogue_id, row.parent_code))
        above = items[parent.key].path + " / " if parent else ""
        items[row.key] = Item(
            id=row.id,
            key=row.key,
            catalogue=row.catalogue.code,
            kind=row.catalogue.kind,
            side=row.side,
            code=row.code,
            level=row.level,
            name=row.name,
            path=above + row.name,
            parent_key=parent.key if parent else "",
            leaf=(row.catalogue_id, row.code) not in with_children,
            local=row.local,
            active=row.active,
            remark=row.remark,
        )
    return dict(sorted(items.items()))


_kept: tuple[Snapshot, float] | None = None  # and the monotonic second at which its version was checked


def forget() -> None:
    """Look at the version row again on the next read."""
    global _kept
    if _kept is not None:
        _kept = (_kept[0], float("-inf"))


def snapshot() -> Snapshot:
    """All catalogues as they are now, at most ``SECONDS`` old.

    A version first met inside a transaction is looked at every time: it may never be committed, so no later
    read may believe it unseen.
    """
    global _kept
    if _kept is not None and time.monotonic() - _kept[1] < SECONDS:
        return _kept[0]
    moment = time.monotonic()
    token = CatalogueVersion.objects.filter(pk=1).values_list("token", flat=True).first() or ""
    known = _kept is not None and token != "" and _kept[0].token == token
    found = _kept[0] if _kept is not None and known else Snapshot(token)
    committed = not connection.in_atomic_block or (known and found.committed)
    found.committed = found.committed or committed
    _kept = (found, moment if committed else float("-inf"))
    return found


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

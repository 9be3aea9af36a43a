"""All catalogues in memory (about 1,500 small rows), and how each process learns that they changed."""

from __future__ import annotations

import time
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, transaction

from chengyun.cases.models.catalogue import CatalogueCriterion, CatalogueItem, CatalogueVersion

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


def bump() -> None:
    """Say that a catalogue changed. Call it in the transaction of the change, after it."""
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    forget()
    transaction.on_commit(forget)


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

"""The tree of units, remembered in the process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Unit, UnitKind
from chengyun.organisation.version import Remembered


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with how deep it stands in the tree (0 for a root)."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    depth: int
    area_id: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class _Tree:
    nodes: tuple[UnitNode, ...]  # parents before children, in order of kind and code
    reach: dict[int, frozenset[int]]  # id -> itself and all beneath
    by_area: dict[int, int]  # area id -> id of the active unit of that area


def _compute() -> _Tree:
    order = list(UnitKind)  # the centre first
    rows = sorted(Unit.objects.all(), key=lambda unit: (order.index(UnitKind(unit.kind)), unit.code))
    children: dict[int | None, list[Unit]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    nodes: list[UnitNode] = []
    reach: dict[int, frozenset[int]] = {}

    def walk(parent_id: int | None, depth: int) -> Iterator[int]:
        for unit in children.get(parent_id, []):
            nodes.append(
                UnitNode(
                    unit.pk, unit.code, unit.name, unit.kind, parent_id, depth, unit.area_id, unit.active
                )
            )
            reach[unit.pk] = frozenset({unit.pk, *walk(unit.pk, depth + 1)})
            yield from reach[unit.pk]

    for _unit_id in walk(None, 0):
        pass  # walking fills nodes and reach
    by_area = {node.area_id: node.id for node in reversed(nodes) if node.area_id and node.active}
    return _Tree(tuple(nodes), reach, by_area)


_tree = Remembered(_compute)


def units_beneath(unit_id: int) -> frozenset[int]:
    """Ids of the unit and of all units beneath it; just the id itself if there is no such unit."""
    return _tree().reach.get(unit_id, frozenset({unit_id}))


def unit_of_area(area_id: int) -> int | None:
    """Id of the active unit that stands for a street or community, the highest in the tree if several do."""
    return _tree().by_area.get(area_id)


def unit_tree(actor: Actor | None) -> tuple[UnitNode, ...]:
    """The whole tree for anybody at work, parents before their children; nothing for strangers."""
    return () if actor is None else _tree().nodes

"""Random places with made-up addresses, for rehearsals and load tests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chengyun.geography.models import AreaKind, Grid, GridKind
from chengyun.geography.queries import living_areas, living_grids

# Names that every town has. A road and number made of them belongs to nobody.
_ROADS = (
    "环镇北路",
    "环镇南路",
    "和平路",
    "建设路",
    "人民路",
    "新村路",
    "文化路",
    "绿化路",
    "团结路",
    "幸福路",
)


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """A point (WGS-84) inside a unit grid, and an address that names its street and community."""

    lng: float
    lat: float
    address: str
    street_id: int
    community_id: int
    grid_id: int


def places_sample(count: int, seed: int) -> list[SamplePlace]:
    """Return ``count`` places spread over the communities; the same seed gives the same places.

    Raises ``LookupError`` if no unit grid is loaded.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret, and it must be repeatable
    by_community: dict[int, list[Grid]] = {}
    for grid in living_grids(GridKind.UNIT).exclude(boundary="").exclude(community=None):
        by_community.setdefault(grid.community_id or 0, []).append(grid)
    if not by_community:
        raise LookupError("no unit grids are loaded; run load_reference first")
    streets = living_areas(AreaKind.COMMUNITY).select_related("parent").defer("boundary", "parent__boundary")
    named = {row.pk: row for row in streets}
    district = living_areas(AreaKind.DISTRICT).values_list("name", flat=True).first() or ""
    ids = list(by_community)  # in the order of the codes, so that ids of the database play no part
    places = []
    for _number in range(count):
        community = named[chance.choice(ids)]
        grid = chance.choice(by_community[community.pk])
        lng, lat = _inside(grid, chance)
        street = community.parent.name if community.parent else ""
        address = f"{district}{street}{community.name} {chance.choice(_ROADS)}{chance.randint(1, 998)}弄"
        places.append(SamplePlace(lng, lat, address, community.parent_id or 0, community.pk, grid.pk))
    return places


def _inside(grid: Grid, chance: random.Random) -> tuple[float, float]:
    """A random point of the grid; its middle if luck does not find one."""
    import shapely

    shape: Any = shapely.from_geojson(grid.boundary)
    left, bottom, right, top = shape.bounds
    for lng, lat in _tries(left, bottom, right, top, chance):
        if shapely.contains_xy(shape, lng, lat):
            return lng, lat
    return grid.longitude or left, grid.latitude or bottom


def _tries(
    left: float, bottom: float, right: float, top: float, chance: random.Random
) -> Iterator[tuple[float, float]]:
    for _number in range(20):
        yield round(chance.uniform(left, right), 6), round(chance.uniform(bottom, top), 6)

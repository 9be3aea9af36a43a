"""From a point to the grid and areas that hold it: all boundaries in memory, sorted into small bins.

A shapely tree fills the bins once. Asking it for every point would cost 60 microseconds, a bin costs five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

UNIT_GRID, COMMUNITY, STREET, DISTRICT = range(4)
_BIN = 0.0025  # degrees, about 250 m: a bin meets two or three unit grids
_MOST_BINS = 400  # along each axis, whatever the extent
_MANY_CORNERS = 60  # beyond this shapely's prepared shapes are faster than counting crossings here


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies. All ids are None and ``inside`` is False when it lies outside the district."""

    street_id: int | None = None
    community_id: int | None = None
    grid_id: int | None = None
    responsibility_grid_id: int | None = None
    inside: bool = False


OUTSIDE = Place()


@dataclass(frozen=True, slots=True)
class Bounded:
    """A boundary with what a point inside it is given. Ids are those of the living rows."""

    level: int
    id: int
    code: str
    geometry: Any
    illustrative: bool
    valid_from: date
    valid_until: date | None
    community_id: int | None = None
    street_id: int | None = None
    responsibility_grid_id: int | None = None
    edges: list[tuple[float, float, float, float]] = field(default_factory=list)

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on that day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def has(self, lng: float, lat: float) -> bool:
        """Whether the point lies inside; on a shared edge it lies in one of the two."""
        if not self.edges:
            import shapely

            return bool(shapely.intersects_xy(self.geometry, lng, lat))
        inside = False
        for x1, y1, x2, y2 in self.edges:
            if (y1 > lat) != (y2 > lat) and lng < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside


class SpatialIndex:
    """Prepared once; nothing changes afterwards, so threads may share it."""

    def __init__(self, rows: Sequence[Bounded]) -> None:
        # A surveyed boundary before an illustrative one; then by code, so that the same point always gets
        # the same answer.
        self._rows = sorted(rows, key=lambda row: (row.level, row.illustrative, row.code))
        self._left = self._bottom = 0.0
        self._size = _BIN
        self._bins: dict[tuple[int, int], tuple[Bounded, ...]] = {}
        if rows:
            self._fill()

    def _fill(self) -> None:
        import numpy as np
        import shapely

        shapes = [row.geometry for row in self._rows]
        shapely.prepare(shapes)
        for row in self._rows:
            if shapely.get_num_coordinates(row.geometry) <= _MANY_CORNERS:
                row.edges.extend(_edges(row.geometry))
        self._left, self._bottom, right, top = (float(value) for value in shapely.total_bounds(shapes))
        self._size = max(_BIN, (right - self._left) / _MOST_BINS, (top - self._bottom) / _MOST_BINS)
        columns = int((right - self._left) / self._size) + 1
        lines = int((top - self._bottom) / self._size) + 1
        column, line = (part.ravel() for part in np.meshgrid(np.arange(columns), np.arange(lines)))
        x, y = self._left + column * self._size, self._bottom + line * self._size
        boxes = shapely.box(x, y, x + self._size, y + self._size)
        number, box = shapely.STRtree(boxes).query(shapes, predicate="intersects")
        order = np.lexsort((number, box))
        bins: dict[tuple[int, int], list[Bounded]] = {}
        for own, which in zip(number[order].tolist(), box[order].tolist(), strict=True):
            bins.setdefault((which % columns, which // columns), []).append(self._rows[own])
        self._bins = {key: tuple(found) for key, found in bins.items()}

    def find(self, lng: float, lat: float, day: date) -> Place:
        """Return the place of a WGS-84 point on that day."""
        # int() rounds towards zero, so a point just left of the first bin lands in it; ``has`` then says no.
        key = (int((lng - self._left) / self._size), int((lat - self._bottom) / self._size))
        hits: list[Bounded | None] = [None, None, None, None]
        grid = None
        for row in self._bins.get(key, ()):
            if hits[row.level] is not None:
                continue
            # With a grid in hand only a surveyed area could still say otherwise.
            if grid is not None and (row.illustrative or row.level == DISTRICT or not grid.illustrative):
                continue
            if row.holds_on(day) and row.has(lng, lat):
                hits[row.level] = row
                grid = hits[UNIT_GRID]
        return _place(*hits)


def _edges(shape: Any) -> list[tuple[float, float, float, float]]:
    """All edges of all rings, holes included: an even number of crossings means outside."""
    import shapely

    edges = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            corners = shapely.get_coordinates(ring).tolist()
            edges += [(*start, *end) for start, end in pairwise(corners)]
    return edges


def _place(
    grid: Bounded | None, community: Bounded | None, street: Bounded | None, district: Bounded | None
) -> Place:
    """Put the hits together. A surveyed area outweighs an illustrative smaller one that says otherwise."""
    if grid is not None and (
        _outweighed(grid.community_id, grid, community) or _outweighed(grid.street_id, grid, street)
    ):
        grid = None
    if community is not None and _outweighed(community.street_id, community, street):
        community = None
    if grid is not None:
        return Place(grid.street_id, grid.community_id, grid.id, grid.responsibility_grid_id, inside=True)
    if community is not None:
        return Place(community.street_id, community.id, inside=True)
    if street is not None:
        return Place(street.id, inside=True)
    return Place(inside=True) if district is not None else OUTSIDE


def _outweighed(claimed: int | None, smaller: Bounded, larger: Bounded | None) -> bool:
    return larger is not None and smaller.illustrative and not larger.illustrative and claimed != larger.id

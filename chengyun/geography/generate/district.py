"""Draws a whole district: streets, communities and unit grids that share their edges exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chengyun.geography.generate.cells import cells_around, even_cells, inner_points, sized_cells
from chengyun.geography.generate.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely import Polygon

    from chengyun.geography.generate.plane import Polygonal

STEP = 1e-5  # degrees, about 1 m: all corners lie on this lattice, so files stay small and edges meet
GRID_SPACING = (
    400.0  # metres. Real unit grids are about 10,000 m2 (万米网格): 30,000 in a district of this size.
)


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """What is known of a street before drawing: rough centre in degrees, rough size, communities' codes."""

    code: str
    lng: float
    lat: float
    size: float
    communities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Polygons in degrees by code: streets (9 digits), communities (12), unit grids (15)."""

    streets: dict[str, Polygonal]
    communities: dict[str, Polygonal]
    grids: dict[str, Polygonal]


def draw(outline: Polygon, plans: Sequence[StreetPlan]) -> Drawing:
    """Draw the district. The same input gives the same drawing.

    1. Cut the outline into streets of the planned sizes, each street into even communities, each community
       into a lattice of unit grids; all in metres, unrounded.
    2. Lay all edges together on a lattice of ``STEP`` and read the faces off: neighbours then share corners.
    3. Give each face to the grid it lies in; communities and streets are the unions of their grids.
    """
    import shapely

    plane = Plane(*(float(value) for value in shapely.centroid(outline).coords[0]))
    cells: dict[str, Polygonal] = {}
    for plan, street in zip(plans, _streets(outline, plans, plane), strict=True):
        communities = _whole(even_cells(street, len(plan.communities)))
        for code, community in zip(plan.communities, communities, strict=True):
            cells.update(_grids(code, community))
    grids = _meeting({code: plane.to_degrees(cell) for code, cell in cells.items()})
    communities_drawn = _unions(grids, 12)
    return Drawing(_unions(communities_drawn, 9), communities_drawn, grids)


def _streets(outline: Polygon, plans: Sequence[StreetPlan], plane: Plane) -> list[Polygonal]:
    import numpy as np

    centres = plane.metres(np.array([(plan.lng, plan.lat) for plan in plans]))
    sizes = np.array([plan.size for plan in plans])
    return _whole(sized_cells(plane.to_metres(outline), centres, sizes))


def _grids(community_code: str, community: Polygonal) -> dict[str, Polygonal]:
    """Unit grids of one community: squares inside it, and along its edge whatever is nearest."""
    import shapely

    sites: NDArray[Any] = inner_points(community, GRID_SPACING)
    if len(sites) < 2:
        return {f"{community_code}001": community}
    shapely.prepare(community)
    parts = _whole(cells_around(community, sites))
    return {f"{community_code}{serial:03d}": part for serial, part in enumerate(parts, 1)}


def _whole(cells: list[Polygonal]) -> list[Polygonal]:
    """Make every cell one piece: a piece cut off by a bend of the border goes to its longest neighbour."""
    import shapely

    pieces = [sorted(shapely.get_parts(cell), key=lambda part: -part.area) for cell in cells]
    whole: list[Polygonal] = [parts[0] for parts in pieces]
    loose = [part for parts in pieces for part in parts[1:] if part.area > 0]
    while loose:
        part = loose.pop(0)
        borders = [shapely.intersection(part, cell).length for cell in whole]
        best = max(range(len(whole)), key=borders.__getitem__)
        if borders[best] == 0 and loose:
            loose.append(part)
            continue
        whole[best] = shapely.union(whole[best], part)
    return whole


def _meeting(cells: dict[str, Polygonal]) -> dict[str, Polygonal]:
    """Redraw the cells from one common set of edges, rounded to ``STEP``."""
    import shapely

    codes, shapes = list(cells), list(cells.values())
    edges = shapely.unary_union([shapely.boundary(shape) for shape in shapes], grid_size=STEP)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    # The lattice is only near to five decimals; the nearest number is the one that is written short.
    faces = shapely.transform(faces, lambda corners: corners.round(5))
    owners, owned = shapely.STRtree(faces).query(shapes, predicate="intersects")
    points = shapely.point_on_surface(faces)
    hits = shapely.intersects([shapes[owner] for owner in owners], points[owned])
    pieces: dict[str, list[Any]] = {code: [] for code in codes}
    seen: set[int] = set()
    for owner, face in zip(owners[hits].tolist(), owned[hits].tolist(), strict=True):
        if face not in seen:
            seen.add(face)
            pieces[codes[owner]].append(faces[face])
    return {code: _joined(parts) for code, parts in pieces.items() if parts}


def _unions(shapes: dict[str, Polygonal], digits: int) -> dict[str, Polygonal]:
    together: dict[str, list[Any]] = {}
    for code, shape in shapes.items():
        together.setdefault(code[:digits], []).append(shape)
    return {code: _joined(parts) for code, parts in together.items()}


def _joined(parts: Iterable[Any]) -> Polygonal:
    """Union of shapes that share their edges, on the common lattice."""
    import shapely

    parts = list(parts)
    whole: Any = parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)
    joined: Polygonal = whole
    return joined

"""Ways to cut a polygon into cells around points. All deterministic; units are metres of a ``Plane``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import Polygon

    from chengyun.geography.generate.plane import Polygonal

_SAMPLES = 9_000
_WEIGHING_ROUNDS = 250
_SETTLING_ROUNDS = 12


def inner_points(polygon: Polygonal, spacing: float) -> NDArray[Any]:
    """Return the points of a square lattice, aligned to multiples of ``spacing``, that lie inside."""
    import numpy as np
    import shapely

    left, bottom, right, top = polygon.bounds
    xs = np.arange(math.ceil(left / spacing), math.floor(right / spacing) + 1) * spacing
    ys = np.arange(math.ceil(bottom / spacing), math.floor(top / spacing) + 1) * spacing
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    shapely.prepare(polygon)
    inside: NDArray[Any] = grid[shapely.contains_xy(polygon, grid[:, 0], grid[:, 1])]
    return inside


def sized_cells(polygon: Polygon, centres: NDArray[Any], sizes: NDArray[Any]) -> list[Polygonal]:
    """Cut into one cell a centre, with areas in proportion to ``sizes`` (a power diagram)."""
    import shapely

    weights = _weights(inner_points(polygon, math.sqrt(polygon.area / _SAMPLES)), centres, sizes)
    cells: list[Polygonal] = []
    for own in range(len(centres)):
        cell: Any = polygon
        for other in range(len(centres)):
            if other != own:
                cell = shapely.intersection(cell, _nearer(polygon, centres, weights, own, other))
        cells.append(cell)
    return cells


def _weights(samples: NDArray[Any], centres: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Grow the weight of a cell that is too small and shrink that of one too large, until all fit."""
    import numpy as np

    wanted = sizes / sizes.sum()
    distances = ((samples[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    weights = np.zeros(len(centres))
    step = float(np.sqrt(distances.min(axis=1)).mean()) ** 2
    for turn in range(_WEIGHING_ROUNDS):
        shares = np.bincount((distances - weights).argmin(axis=1), minlength=len(centres)) / len(samples)
        weights += step * np.clip((wanted - shares) / wanted, -1, 1) / (1 + turn / 25)
    return weights


def _nearer(polygon: Polygon, centres: NDArray[Any], weights: NDArray[Any], own: int, other: int) -> Polygon:
    """The half-plane, as a huge rectangle, of points that belong rather to ``own`` than to ``other``."""
    import numpy as np
    import shapely

    along = centres[other] - centres[own]
    length = float(np.hypot(*along))
    unit = along / length
    reach = (length**2 + weights[own] - weights[other]) / (2 * length)
    edge = centres[own] + unit * reach
    far = 4 * (polygon.length + length + abs(reach))
    side = np.array([-unit[1], unit[0]]) * far
    back = unit * far
    corners = [edge + side, edge - side, edge - side - back, edge + side - back]
    return shapely.Polygon(corners)


def even_cells(polygon: Polygonal, count: int) -> list[Polygonal]:
    """Cut into ``count`` round cells of about the same size, in snake order from the north-west."""
    import numpy as np

    if count == 1:
        return [polygon]
    samples = inner_points(polygon, math.sqrt(polygon.area / max(count * 40, 400)))
    sites = _snake(samples, count)
    for _round in range(_SETTLING_ROUNDS):
        # |p - s|^2 without its part |p|^2, which does not change which site is nearest
        owner = ((sites**2).sum(axis=1) - 2 * samples @ sites.T).argmin(axis=1)
        held = np.maximum(np.bincount(owner, minlength=count), 1)
        sums = [np.bincount(owner, weights=samples[:, axis], minlength=count) for axis in (0, 1)]
        moved = np.stack(sums, axis=1) / held[:, None]
        sites = np.where((np.bincount(owner, minlength=count) > 0)[:, None], moved, sites)
    return cells_around(polygon, sites)


def _snake(samples: NDArray[Any], count: int) -> NDArray[Any]:
    """Spread ``count`` sites over the samples row by row, every second row backwards.

    Neighbouring numbers then lie side by side, as the numbers of real committees mostly do.
    """
    import numpy as np

    rows = max(1, round(math.sqrt(count * np.ptp(samples[:, 1]) / max(np.ptp(samples[:, 0]), 1.0))))
    by_height = samples[np.argsort(-samples[:, 1], kind="stable")]
    bounds = np.linspace(0, count, rows + 1).round().astype(int)
    sites = []
    for row in range(rows):
        here = bounds[row + 1] - bounds[row]
        start, end = (bounds[row : row + 2] * len(samples) / count).astype(int)
        band = by_height[start:end]
        band = band[np.argsort(band[:, 0] if row % 2 == 0 else -band[:, 0], kind="stable")]
        sites += [part.mean(axis=0) for part in np.array_split(band, here)]
    return np.array(sites)


def cells_around(polygon: Polygonal, sites: NDArray[Any]) -> list[Polygonal]:
    """Cut into the cells nearer to each site than to any other, in the order of the sites."""
    import shapely

    if len(sites) == 1:
        return [polygon]
    diagram = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=polygon)
    parts = shapely.get_parts(diagram)
    tree = shapely.STRtree(parts)
    which = tree.query(shapely.points(sites), predicate="intersects")
    order = dict(zip(which[0].tolist(), which[1].tolist(), strict=True))
    cut: list[Any] = [shapely.intersection(parts[order[number]], polygon) for number in range(len(sites))]
    return cut

"""Loads Baoshan's district, streets and committees with illustrative areas and grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from chengyun.geography import reference_data
from chengyun.geography.aliases import community_aliases, community_base, street_aliases
from chengyun.geography.freshness import changed
from chengyun.geography.generate.district import STEP, Drawing, draw
from chengyun.geography.generate.outline import SOURCE, district_outline
from chengyun.geography.models import Area, AreaKind, Grid, GridKind, GridMember
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.writing import writing

if TYPE_CHECKING:
    from shapely import Geometry, Polygon

# The code list is of 2023-06-30. It counts from earlier on, so that older orders find their place, too.
VALID_FROM = date(2010, 1, 1)
_IN_RESPONSIBILITY = 3  # communities that share a responsibility grid, at most
_COMPREHENSIVE_EACH = 15  # communities in a comprehensive grid, at most
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were made; all zero when everything was there."""

    areas: int = 0
    grids: int = 0
    groups: int = 0

    def __str__(self) -> str:
        return f"{self.areas} areas, {self.grids} unit grids, {self.groups} grouping grids added"


def load_reference(*, now: datetime, actor: Actor = SYSTEM) -> Loaded:
    """Load what is missing of the reference data; safe to run again, never touches a row that exists.

    1. Stop if every area and some unit grid are there.
    2. Draw the illustrative areas inside the outline.
    3. Insert the missing areas, and grids if the district has none at all; tell every process.
    """
    del (
        now,
        actor,
    )  # every verb takes them; reference rows are dated by their source, not by the moment of loading
    with writing():
        known = set(Area.objects.values_list("code", flat=True))
        wanted = {reference_data.DISTRICT_CODE, *reference_data.streets(), *reference_data.communities()}
        gridded = Grid.objects.filter(code__startswith=reference_data.DISTRICT_CODE).exists()
        if wanted <= known and gridded:
            return Loaded()
        outline = district_outline(reference_data.DISTRICT_CODE)
        drawing = draw(outline, reference_data.street_plans())
        areas = _areas(outline, drawing, known)
        counts = (0, 0) if gridded else _grids(drawing)
        changed()
        return Loaded(areas, *counts)


def _areas(outline: Polygon, drawing: Drawing, known: set[str]) -> int:
    """Insert district, streets, communities, level by level, as each needs its parent's id."""
    made = 0
    for level in _levels(outline, drawing):
        parents = dict(Area.objects.filter(valid_until=None).values_list("code", "pk"))
        fresh = [row for row in level if row.code not in known]
        for row in fresh:
            row.parent_id = parents.get(row.code[:-3])
        made += len(Area.objects.bulk_create(fresh, batch_size=_BATCH))
    return made


def _levels(outline: Polygon, drawing: Drawing) -> list[list[Area]]:
    import shapely

    rounded = shapely.set_precision(outline, STEP)
    source = f"{reference_data.CODES_SOURCE}；边界：{reference_data.DRAWN_SOURCE}"
    district = _area(AreaKind.DISTRICT, reference_data.DISTRICT_CODE, reference_data.DISTRICT_NAME, rounded)
    district.source, district.illustrative = SOURCE, False
    streets, communities = [], []
    for code, name in reference_data.streets().items():
        row = _area(AreaKind.STREET, code, name, drawing.streets[code])
        row.aliases, row.source = street_aliases(name), source
        streets.append(row)
    for code, name in reference_data.communities().items():
        row = _area(AreaKind.COMMUNITY, code, name, drawing.communities[code])
        row.aliases, row.source = community_aliases(name), source
        communities.append(row)
    return [[district], streets, communities]


def _area(kind: AreaKind, code: str, name: str, shape: Geometry) -> Area:
    boundary, lng, lat = _drawn(shape)
    return Area(
        kind=kind,
        code=code,
        name=name,
        boundary=boundary,
        longitude=lng,
        latitude=lat,
        illustrative=True,
        valid_from=VALID_FROM,
    )


def _grids(drawing: Drawing) -> tuple[int, int]:
    """Insert unit grids, then the grids that group them."""
    ids = dict(Area.objects.filter(valid_until=None).values_list("code", "pk"))
    names = reference_data.communities()
    units = []
    for code, shape in sorted(drawing.grids.items()):
        name = f"{community_base(names[code[:12]])}第{int(code[12:])}网格（示意）"
        unit = _grid(GridKind.UNIT, code, name, shape)
        unit.community_id, unit.street_id = ids[code[:12]], ids[code[:9]]
        units.append(unit)
    units = Grid.objects.bulk_create(units, batch_size=_BATCH)
    by_community: dict[str, list[Grid]] = {}
    for unit in units:
        by_community.setdefault(unit.code[:12], []).append(unit)
    groups = 0
    for kind, mark, most in (
        (GridKind.RESPONSIBILITY, "R", _IN_RESPONSIBILITY),
        (GridKind.COMPREHENSIVE, "Z", _COMPREHENSIVE_EACH),
    ):
        groups += _groups(kind, mark, most, drawing, by_community, ids)
    return len(units), groups


def _groups(
    kind: GridKind,
    mark: str,
    most: int,
    drawing: Drawing,
    by_community: dict[str, list[Grid]],
    ids: dict[str, int],
) -> int:
    """Group neighbouring communities of a street (their codes run side by side) into grids of this kind."""
    import shapely

    groups: list[Grid] = []
    held: list[list[Grid]] = []
    for street, codes in groupby(sorted(by_community), key=lambda code: code[:9]):
        for serial, bunch in enumerate(_bunches(list(codes), most), 1):
            shape = shapely.coverage_union_all([drawing.communities[code] for code in bunch])
            name = f"{reference_data.streets()[street]}第{serial}{kind.zh}（示意）"
            group = _grid(kind, f"{street}{mark}{serial:02d}", name, shape)
            group.street_id = ids[street]
            groups.append(group)
            held.append([unit for code in bunch for unit in by_community[code]])
    groups = Grid.objects.bulk_create(groups, batch_size=_BATCH)
    members = [
        GridMember(group=group, unit_grid=unit)
        for group, units in zip(groups, held, strict=True)
        for unit in units
    ]
    GridMember.objects.bulk_create(members, batch_size=_BATCH)
    return len(groups)


def _bunches(codes: Sequence[str], most: int) -> list[Sequence[str]]:
    """Split into as few runs of at most ``most`` as possible, of even length."""
    count = -(-len(codes) // most)
    bounds = [round(number * len(codes) / count) for number in range(count + 1)]
    return [codes[start:end] for start, end in pairwise(bounds)]


def _grid(kind: GridKind, code: str, name: str, shape: Geometry) -> Grid:
    boundary, lng, lat = _drawn(shape)
    return Grid(
        kind=kind,
        code=code,
        name=name,
        boundary=boundary,
        longitude=lng,
        latitude=lat,
        illustrative=True,
        valid_from=VALID_FROM,
    )


def _drawn(shape: Geometry) -> tuple[str, float, float]:
    """The boundary as GeoJSON, compact since all corners lie on a lattice, and a point inside it."""
    import shapely

    inner: Any = shapely.point_on_surface(shape)
    return shapely.to_geojson(shape), round(inner.x, 5), round(inner.y, 5)

"""Named reads of areas and grids. Inside the house they are no secret: all staff may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chengyun.geography.evidence import AddressMatch
from chengyun.geography.freshness import Prepared
from chengyun.geography.gazetteer import Gazetteer, Name, Suggestion
from chengyun.geography.models import Area, AreaKind, Grid, GridKind, GridMember
from chengyun.geography.reference_data import other_districts
from chengyun.geography.spatial import COMMUNITY, DISTRICT, STREET, UNIT_GRID, Bounded, Place, SpatialIndex
from chengyun.kernel.clock import local, now

_LEVELS = {AreaKind.DISTRICT: DISTRICT, AreaKind.STREET: STREET, AreaKind.COMMUNITY: COMMUNITY}


@dataclass(frozen=True, slots=True)
class _Ground:
    """The tree and the day for which "now" was asked."""

    index: SpatialIndex
    today: date


def living_areas(kind: AreaKind | str | None = None) -> QuerySet[Area]:
    """Areas in force, by code."""
    areas = Area.objects.filter(valid_until=None)
    return areas.filter(kind=kind) if kind else areas


def living_grids(kind: GridKind | str | None = None) -> QuerySet[Grid]:
    """Grids in force, by code."""
    grids = Grid.objects.filter(valid_until=None)
    return grids.filter(kind=kind) if kind else grids


def areas_of(kind: AreaKind | str) -> list[Area]:
    """The areas of one kind in force, by code, without their boundaries."""
    return list(living_areas(kind).defer("boundary"))


def locate(lng: float, lat: float, *, on: date | None = None) -> Place:
    """Return street, community, unit grid and responsibility grid of a WGS-84 point, today or ``on`` a day.

    Some microseconds once warm. Ids are those of the living rows, also for a day in the past, so that they
    can be compared with what cases and duties hold.
    """
    ground = _ground.get()
    return ground.index.find(lng, lat, on or ground.today)


def match_address(text: str) -> list[AddressMatch]:
    """Return the streets and communities that an address may mean, the likeliest first, at most five."""
    return _gazetteer.get().match(text)


def suggest_addresses(prefix: str, limit: int = 10) -> list[Suggestion]:
    """Return lines for the address box while somebody types."""
    return _gazetteer.get().suggest(prefix, limit)


def search_areas(text: str = "", street: str = "") -> list[Area]:
    """Communities by name, alias or code, with their numbers of unit grids as ``grids``; by code."""
    found = living_areas(AreaKind.COMMUNITY).select_related("parent").defer("boundary", "parent__boundary")
    if street:
        found = found.filter(parent__code=street)
    text = text.strip()
    if text:
        ids = [line.area_id for line in suggest_addresses(text, limit=1000)]
        found = found.filter(Q(pk__in=ids) | Q(parent_id__in=ids) | Q(code__startswith=text))
    return list(found.annotate(grids=_unit_grids("community")))


def streets_with_counts() -> list[Area]:
    """Streets with the numbers of their communities and unit grids as ``communities`` and ``grids``."""
    living = Q(children__valid_until=None, children__kind=AreaKind.COMMUNITY)
    counted = living_areas(AreaKind.STREET).defer("boundary")
    return list(counted.annotate(communities=Count("children", filter=living), grids=_unit_grids("street")))


def grids_of(area: Area, kind: GridKind) -> list[Grid]:
    """The grids of one kind in an area, by code, each with its number of unit grids as ``units``."""
    found = living_grids(kind).select_related("community").defer("boundary", "community__boundary")
    if area.kind == AreaKind.STREET:
        found = found.filter(street=area)
    elif area.kind == AreaKind.COMMUNITY:
        found = found.filter(community=area)
    else:
        return []
    return list(found.annotate(units=Count("members")))


def _unit_grids(column: str) -> Coalesce:
    """How many living unit grids name the row in this column; a join would multiply other counts."""
    grids = living_grids(GridKind.UNIT).filter(**{column: OuterRef("pk")}).order_by()
    counted = grids.values(column).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _make_ground() -> _Ground:
    rows = [*_bounded_areas(), *_bounded_grids()]
    return _Ground(SpatialIndex(rows), local(now()).date())


def _bounded_areas() -> list[Bounded]:
    rows = list(Area.objects.exclude(boundary=""))
    living = {row.code: row.pk for row in living_areas().only("id", "code")}
    parents = {row.pk: row.code for row in Area.objects.only("id", "code")}
    shapes = _shapes([row.boundary for row in rows])
    bounded = []
    for row, shape in zip(rows, shapes, strict=True):
        parent = living.get(parents.get(row.parent_id or 0, ""), row.parent_id)
        bounded.append(
            Bounded(
                level=_LEVELS[AreaKind(row.kind)],
                id=living.get(row.code, row.pk),
                code=row.code,
                geometry=shape,
                illustrative=row.illustrative,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                street_id=parent if row.kind == AreaKind.COMMUNITY else None,
            )
        )
    return bounded


def _bounded_grids() -> list[Bounded]:
    rows = list(Grid.objects.filter(kind=GridKind.UNIT).exclude(boundary=""))
    living = {row.code: row.pk for row in living_grids(GridKind.UNIT).only("id", "code")}
    in_force = Q(group__kind=GridKind.RESPONSIBILITY, group__valid_until=None)
    groups = dict(GridMember.objects.filter(in_force).values_list("unit_grid_id", "group_id"))
    shapes = _shapes([row.boundary for row in rows])
    bounded = []
    for row, shape in zip(rows, shapes, strict=True):
        own = living.get(row.code, row.pk)
        bounded.append(
            Bounded(
                level=UNIT_GRID,
                id=own,
                code=row.code,
                geometry=shape,
                illustrative=row.illustrative,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                community_id=row.community_id,
                street_id=row.street_id,
                responsibility_grid_id=groups.get(own),
            )
        )
    return bounded


def _shapes(boundaries: Sequence[str]) -> list[object]:
    import shapely

    return list(shapely.from_geojson(list(boundaries))) if boundaries else []


def _make_gazetteer() -> Gazetteer:
    names = []
    rows = list(living_areas().select_related("parent").defer("boundary", "parent__boundary"))
    for row in rows:
        if row.kind == AreaKind.STREET:
            names.append(Name(row.pk, row.name, tuple(row.aliases), row.pk, row.name, is_street=True))
        elif row.kind == AreaKind.COMMUNITY and row.parent is not None:
            street = row.parent
            names.append(Name(row.pk, row.name, tuple(row.aliases), street.pk, street.name, is_street=False))
    districts = [row.name for row in rows if row.kind == AreaKind.DISTRICT]
    foreign = [name for name in other_districts() if name not in districts]
    return Gazetteer(names, districts, foreign)


_ground = Prepared(_make_ground)
_gazetteer = Prepared(_make_gazetteer)

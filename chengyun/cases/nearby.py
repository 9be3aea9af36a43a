"""Cases under way near a place: what somebody should look at before reporting the same thing again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from chengyun.cases import search
from chengyun.cases.models import Case
from chengyun.cases.process import LOOPS
from chengyun.geography.queries import locate

METRES, DAYS, CANDIDATES, MOST = 100.0, 180, 400, 8
_TELLING = re.compile(r"\d|路口|交叉|[东西南北]侧|.{10}")
_METRES_PER_DEGREE = 111_320.0
_COLUMNS = (
    "id", "number", "title", "kind", "state", "catalogue_key", "longitude", "latitude", "grid_id", "address",
    "registered_at", "due_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """An open case near a place. ``metres`` is None where one of the two has no point."""

    id: int
    number: str
    title: str
    kind: str
    state: str
    catalogue_key: str
    registered_at: datetime
    metres: int | None
    same_class: bool


def open_cases_near(
    kind: str, longitude: float, latitude: float, catalogue_key: str, *, now: datetime
) -> list[Near]:
    """Open cases of a kind within 100 m or of the same class in the same grid; same class first, then by distance.

    Not narrowed to what somebody may see: it only tells that something has been reported. Whoever shows it
    decides with ``seen_by`` what may be opened. At most eight, of the last 180 days.
    """
    up = METRES / _METRES_PER_DEGREE
    across = up / max(math.cos(math.radians(latitude)), 0.01)
    place = locate(longitude, latitude)
    where = Q(
        latitude__range=(latitude - up, latitude + up),
        longitude__range=(longitude - across, longitude + across),
    )
    if place.grid_id is not None and catalogue_key:
        where |= Q(grid_id=place.grid_id, catalogue_key=catalogue_key)
    # The states say nothing that closed_at does not; they lead PostgreSQL to the few cases under way, where it
    # would otherwise walk through half a year of all.
    under_way = [str(state) for state in LOOPS[kind].states if state not in LOOPS[kind].ends]
    rows = Case.objects.filter(
        where,
        kind=kind,
        state__in=under_way,
        closed_at=None,
        registered_at__gte=now - timedelta(days=DAYS),
    )
    if place.street_id is not None:
        rows = rows.filter(street_id=place.street_id)
    found = rows.order_by("-registered_at").values(*_COLUMNS)[:CANDIDATES]
    return _ordered(_near(row, longitude, latitude, catalogue_key) for row in found)


def open_cases_at(kind: str, address: str, *, now: datetime) -> list[Near]:
    """Open cases whose words hold the whole address, newest first; at most eight, of the last 180 days.

    An address without a number or a crossing names a whole quarter and finds nothing.
    """
    if not _TELLING.search(address):
        return []
    ids = next(iter(search.find(address, batch=100, most=100)), [])
    rows = Case.objects.filter(
        pk__in=ids, kind=kind, closed_at=None, registered_at__gte=now - timedelta(days=DAYS)
    )
    found = rows.order_by("-registered_at").values(*_COLUMNS)[:MOST]
    return [_near(row, None, None, "") for row in found]


def point_of(posted: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude out of a form that is still being filled in; None if they are not a point yet."""
    try:
        longitude, latitude = float(posted["longitude"]), float(posted["latitude"])
    except (KeyError, ValueError):
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _near(row: dict[str, Any], longitude: float | None, latitude: float | None, catalogue_key: str) -> Near:
    metres = None
    if None not in (longitude, latitude, row["longitude"], row["latitude"]):
        assert longitude is not None
        assert latitude is not None
        # On a flat map, good enough for a few streets.
        north = (row["latitude"] - latitude) * _METRES_PER_DEGREE
        east = (row["longitude"] - longitude) * _METRES_PER_DEGREE * math.cos(math.radians(latitude))
        metres = round(math.hypot(north, east))
    return Near(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        kind=row["kind"],
        state=row["state"],
        catalogue_key=row["catalogue_key"],
        registered_at=row["registered_at"],
        metres=metres,
        same_class=bool(catalogue_key) and row["catalogue_key"] == catalogue_key,
    )


def _ordered(found: Iterable[Near]) -> list[Near]:
    return sorted(
        found, key=lambda one: (not one.same_class, one.metres if one.metres is not None else 9_999, -one.id)
    )[:MOST]

"""The public map: orders gathered for a zoom, and named where zooming parts nothing more."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from chengyun.cases.models import Case
from chengyun.citizen.briefly import once
from chengyun.citizen.public_cases import coarse_point
from chengyun.citizen.queries import HEAVY, PublicCase, filtered, shown
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.ui.formats import english

MOST_ON_MAP = 60_000
MOST_NAMED, MOST_AT_A_SPOT = 200, 8
_CELL = 64  # pixels of a cluster on the screen


def clusters(
    box: tuple[float, float, float, float], zoom: int, *, now: datetime, classes: str = "", state: str = ""
) -> dict[str, Any]:
    """The public orders inside a box (west, south, east, north), gathered for a zoom of the map, as GeoJSON.

    Positions are coarsened before anything is gathered, so that no zoom shows more than the set size. Answers
    are kept for half a minute.
    """
    key = (*(round(side, 3) for side in box), zoom, classes, state, english())
    found: dict[str, Any] = once(key, lambda: _gather(box, zoom, now, classes, state))
    return found


def _gather(
    box: tuple[float, float, float, float], zoom: int, now: datetime, classes: str, state: str
) -> dict[str, Any]:
    west, south, east, north = box
    placed: _Points = once(("points", classes, state), lambda: _points(now, classes, state))
    points = [
        (pk, lng, lat)
        for pk, lng, lat in zip(placed.ids, placed.lngs, placed.lats, strict=True)
        if west - 0.01 <= lng <= east + 0.01 and south - 0.01 <= lat <= north + 0.01
    ]
    cell = 360 * _CELL / (256 * 2**zoom)
    bunches: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
    for one in points:
        bunches.setdefault((int(one[1] // cell), int(one[2] // cell)), []).append(one)
    # Many spots: fewer names at each, for every name is read from the database.
    each = max(1, min(MOST_AT_A_SPOT, MOST_NAMED // max(1, len(bunches))))
    features = [_bunch(some, each) for some in bunches.values()]
    _name_the_single(features, now)
    return {
        "type": "FeatureCollection",
        "features": features,
        "total": len(points),
        "cut": placed.cut,
    }


@dataclass(frozen=True, slots=True)
class _Points:
    """Where the public orders of the district are, coarsened, the newest first; kept small, for it is remembered."""

    ids: array[int]
    lngs: array[float]
    lats: array[float]
    cut: bool


def _points(now: datetime, classes: str, state: str) -> _Points:
    """Read once for all who move the map about: it takes as long for a few streets as for the district."""
    rows = filtered(now, classes, state).filter(longitude__isnull=False, latitude__isnull=False)
    newest = rows.order_by("-registered_at").values_list("pk", "longitude", "latitude")
    metres = rule(Name.COARSE_METRES, now)
    ids, lngs, lats = array("q"), array("d"), array("d")
    for pk, longitude, latitude in newest[:MOST_ON_MAP].iterator(chunk_size=2_000):
        lng, lat = coarse_point(longitude, latitude, metres)
        ids.append(pk)
        lngs.append(lng)
        lats.append(lat)
    return _Points(ids, lngs, lats, len(ids) == MOST_ON_MAP)


def _bunch(some: list[tuple[int, float, float]], each: int) -> dict[str, Any]:
    count = len(some)
    middle = [round(sum(one[axis] for one in some) / count, 5) for axis in (1, 2)]
    spots = Counter((one[1], one[2]) for one in some)
    said: dict[str, Any] = {"count": count}
    if len(spots) == 1:
        said["ids"] = [one[0] for one in some[:each]]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": middle}, "properties": said}


def _name_the_single(features: list[dict[str, Any]], now: datetime) -> None:
    """Where zooming in would part nothing more, the orders themselves are named."""
    ids = [pk for one in features for pk in one["properties"].get("ids", ())]
    rows = Case.objects.filter(pk__in=ids).select_related("street").defer(*HEAVY)
    named = {one.id: feature_of(one)["properties"] for one in shown(rows, now=now)}
    for one in features:
        if "ids" in one["properties"]:
            found = [named[pk] for pk in one["properties"].pop("ids") if pk in named]
            one["properties"]["cases"] = found


def feature_of(one: PublicCase) -> dict[str, Any]:
    """An order as a GeoJSON feature, also for other programmes."""
    geometry = {"type": "Point", "coordinates": list(one.point)} if one.point is not None else None
    return {
        "type": "Feature",
        "id": one.id,
        "geometry": geometry,
        "properties": {
            "title": one.title,
            "state": one.state.word,
            "meaning": one.meaning,
            "finished": one.finished,
            "registered_on": one.registered_at.date().isoformat(),
            "street": one.street,
            "supporters": one.supporters,
            "text": one.text,
            "rehearsal": one.rehearsal,
            "href": reverse("citizen:case", args=[one.id]),
        },
    }

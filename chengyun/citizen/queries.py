"""Named reads of the public's pages: what is near, the list, the map."""

from __future__ import annotations

import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse

from chengyun.cases.models import Case
from chengyun.cases.nearby import open_cases_at, open_cases_near
from chengyun.cases.process import Kind
from chengyun.citizen.models import PublicClass, Supporter
from chengyun.citizen.progress import Said, main_of, meaning_of, state_said, words
from chengyun.citizen.public_cases import (
    Cleared,
    cleared,
    coarse_point,
    neutral_title,
    public_cases,
    public_classes,
)
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.citizen.vocabulary import WordOf
from chengyun.ui.formats import english

PAGE, MOST_PAGES, MOST_ON_MAP, MOST_NEAR = 20, 100, 60_000, 5
MOST_NAMED, MOST_AT_A_SPOT = 200, 8
_HEAVY = ("description", "street__boundary")
_CELL = 64  # pixels of a cluster on the screen
_FRESH_SECONDS = 30.0
_MOST_KEPT = 500
_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One order as everybody may know it."""

    id: int
    title: str
    state: Said
    meaning: str
    registered_at: datetime
    street: str
    supporters: int
    finished: bool
    point: tuple[float, float] | None = None
    metres: int | None = None
    text: str = ""
    rehearsal: bool = False


def similar_reports(
    longitude: float | None, latitude: float | None, address: str, catalogue_key: str, *, now: datetime
) -> list[PublicCase]:
    """Open public orders near a place, or at the same address: what a citizen may join instead of reporting."""
    metres: dict[int, int | None] = {}
    if longitude is not None and latitude is not None:
        most = rule(Name.NEARBY_METRES, now)
        near = open_cases_near(Kind.HOTLINE, longitude, latitude, catalogue_key, now=now)
        metres = {one.id: one.metres for one in near if one.metres is not None and one.metres <= most}
    elif address:
        metres = dict.fromkeys((one.id for one in open_cases_at(Kind.HOTLINE, address, now=now)), None)
    rows = public_cases(now=now).filter(pk__in=metres, closed_at=None).select_related("street").defer(*_HEAVY)
    same_class = [row for row in rows if not catalogue_key or row.catalogue_key == catalogue_key]
    found = shown(same_class, now=now, metres=metres)
    return sorted(found, key=lambda one: (one.metres is None, one.metres or 0, -one.id))[:MOST_NEAR]


def public_page(number: str, *, now: datetime, classes: str = "", state: str = "") -> Page[Case]:
    """A page of the public list, the newest first and at most the newest 2,000.

    ``classes`` is a neutral title's row, ``state`` open or closed.
    """
    rows = _filtered(now, classes, state).order_by("-registered_at", "-id")
    pages = Paginator(rows.select_related("street").defer(*_HEAVY), PAGE)
    # The page itself walks the index of days and stops; to count all of them takes a hundred times as long.
    pages.count = _once(("count", classes, state), rows.count)
    pages.num_pages = min(pages.num_pages, MOST_PAGES)
    return pages.get_page(number)


def _filtered(now: datetime, classes: str, state: str) -> Any:
    rows = public_cases(now=now, keys=_keys_of(classes, now))
    if state == "open":
        rows = rows.filter(closed_at=None)
    elif state == "closed":
        rows = rows.exclude(closed_at=None)
    return rows


def _keys_of(classes: str, now: datetime) -> list[str] | None:
    if not classes.isdigit():
        return None
    return [key for key, row in public_classes(now).items() if row.pk == int(classes)]


def class_choices(now: datetime) -> list[tuple[str, str]]:
    """The neutral titles in use, for the filter of the list."""
    rows: dict[int, PublicClass] = {row.pk: row for row in public_classes(now).values()}
    return [(str(pk), row.title_en if english() else row.title) for pk, row in sorted(rows.items())]


def shown(
    rows: Iterable[Case], *, now: datetime, metres: dict[int, int | None] | None = None
) -> list[PublicCase]:
    """Orders as everybody may know them, in the order given. They must come out of ``public_cases``."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    let_through = cleared(ids)
    counted = dict(
        Supporter.objects.filter(case__in=ids).values_list("case").annotate(many=Count("id")).order_by()
    )
    said = {kind: words(kind, WordOf.STATE) for kind in {row.kind for row in rows}}
    return [
        _shown(
            row,
            let_through.get(row.pk, Cleared()),
            counted.get(row.pk, 0),
            said,
            now,
            (metres or {}).get(row.pk),
        )
        for row in rows
    ]


def _shown(
    row: Case, let: Cleared, supporters: int, said: dict[str, Any], now: datetime, metres: int | None
) -> PublicCase:
    point = None
    if row.longitude is not None and row.latitude is not None:
        point = coarse_point(row.longitude, row.latitude, rule(Name.COARSE_METRES, now))
    main = main_of(row)
    return PublicCase(
        id=row.pk,
        title=let.title or neutral_title(row, now),
        state=state_said(main, said[row.kind]),
        meaning=meaning_of(main),
        registered_at=row.registered_at,
        street=row.street.name if row.street is not None else "",
        supporters=supporters,
        finished=row.closed_at is not None,
        point=point,
        metres=metres,
        text=let.text,
        rehearsal=row.rehearsal,
    )


def clusters(
    box: tuple[float, float, float, float], zoom: int, *, now: datetime, classes: str = "", state: str = ""
) -> dict[str, Any]:
    """The public orders inside a box (west, south, east, north), gathered for a zoom of the map, as GeoJSON.

    Positions are coarsened before anything is gathered, so that no zoom shows more than the set size. Answers
    are kept for half a minute.
    """
    key = (*(round(side, 3) for side in box), zoom, classes, state, english())
    found: dict[str, Any] = _once(key, lambda: _gather(box, zoom, now, classes, state))
    return found


def _once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What was worked out for this key within the last half minute, else anew."""
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept[0] < _FRESH_SECONDS:
        return kept[1]
    made = make()
    with _lock:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = (time.monotonic(), made)
    return made


def forget_kept() -> None:
    """Count and gather anew at the next question."""
    _kept.clear()


def _gather(
    box: tuple[float, float, float, float], zoom: int, now: datetime, classes: str, state: str
) -> dict[str, Any]:
    west, south, east, north = box
    placed: _Points = _once(("points", classes, state), lambda: _points(now, classes, state))
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
    rows = _filtered(now, classes, state).filter(longitude__isnull=False, latitude__isnull=False)
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
    rows = Case.objects.filter(pk__in=ids).select_related("street").defer(*_HEAVY)
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


__all__ = [
    "PublicCase",
    "class_choices",
    "clusters",
    "feature_of",
    "forget_kept",
    "public_page",
    "shown",
    "similar_reports",
]

"""The layers of the map as GeoJSON, drawn from our own tables: no map service and no internet is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.geography.freshness import Prepared
from chengyun.geography.models import Area, AreaKind, Grid, GridKind
from chengyun.geography.queries import living_areas, living_grids
from chengyun.kernel.errors import Invalid

Collection = dict[str, Any]

_SIMPLER = 5e-5  # degrees, about 5 m: not seen on a screen that shows a whole district
_MOST_KEPT = 200  # layers kept as text; a district has some 40 in all


def map_layers() -> dict[str, Collection]:
    """Return the layers every map begins with: ``outline`` and ``streets``, as FeatureCollections."""
    return {"outline": outline(), "streets": streets()}


def outline() -> Collection:
    """The district. ``tiles`` tells the address of background tiles if the settings have one."""
    tiles = (
        {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION} if settings.TILE_URL else None
    )
    return {**_collection(living_areas(AreaKind.DISTRICT)), "tiles": tiles}


def streets() -> Collection:
    """Streets and towns, simplified together so that neighbours still meet."""
    return _collection(living_areas(AreaKind.STREET), simpler=True)


def communities(street: str) -> Collection:
    """The communities of the street with this 9-digit code."""
    return _collection(living_areas(AreaKind.COMMUNITY).filter(parent__code=_street(street)))


def grids(street: str, kind: str = GridKind.UNIT) -> Collection:
    """The grids of one kind in the street with this 9-digit code."""
    if kind not in set(GridKind):
        raise Invalid({"kind": _("不认识的网格类型“%(kind)s”") % {"kind": kind}})
    return _collection(living_grids(kind).filter(street__code=_street(street)))


def layer_text(name: str, street: str = "", kind: str = GridKind.UNIT) -> bytes:
    """Return a layer as JSON text; made once and kept until areas or grids change."""
    kept = _kept.get()
    key = (name, street, kind)
    if key not in kept:
        makers: dict[str, Callable[[], Collection]] = {
            "outline": outline,
            "streets": streets,
            "communities": lambda: communities(street),
            "grids": lambda: grids(street, kind),
        }
        made = makers[name]()
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    return kept[key]


def _nothing_kept() -> dict[tuple[str, str, str], bytes]:
    return {}


_kept = Prepared(_nothing_kept)


def _street(code: str) -> str:
    if not living_areas(AreaKind.STREET).filter(code=code).exists():
        raise Invalid({"street": _("没有代码为“%(code)s”的街镇") % {"code": code}})
    return code


def _collection(rows: QuerySet[Area] | QuerySet[Grid], *, simpler: bool = False) -> Collection:
    bounded: list[Area | Grid] = list(rows.exclude(boundary=""))
    shapes: Iterable[Any] = [json.loads(row.boundary) for row in bounded]
    if simpler and bounded:
        shapes = _simplified(bounded)
    features = [_feature(row, shape) for row, shape in zip(bounded, shapes, strict=True)]
    return {"type": "FeatureCollection", "features": features}


def _feature(row: Area | Grid, geometry: Any) -> dict[str, Any]:
    properties = {
        "id": row.pk,
        "code": row.code,
        "name": row.name or row.code,
        "illustrative": row.illustrative,
        "lng": row.longitude,
        "lat": row.latitude,
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _simplified(rows: list[Area | Grid]) -> list[Any]:
    """Fewer corners for all together: simplified one by one, neighbours would drift apart."""
    import shapely

    whole = shapely.coverage_simplify(shapely.from_geojson([row.boundary for row in rows]), _SIMPLER)
    rounded = shapely.set_precision(whole, 1e-5, mode="pointwise")
    return [_short(json.loads(text)) for text in shapely.to_geojson(rounded)]


def _short(value: Any) -> Any:
    """Five decimals: binary fractions would otherwise be written with seventeen."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_short(part) for part in value]
    return {key: _short(part) for key, part in value.items()} if isinstance(value, dict) else value

"""Pages of areas and grids, and what the map asks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from chengyun.geography.answers import matches_of, place_at, suggestions_for
from chengyun.geography.coordinates import System, to_wgs84
from chengyun.geography.freshness import current_token
from chengyun.geography.layers import layer_text
from chengyun.geography.models import Area, AreaKind, GridKind
from chengyun.geography.policies import ADMINISTRATOR, staff
from chengyun.geography.queries import (
    areas_of,
    grids_of,
    living_areas,
    living_grids,
    search_areas,
    streets_with_counts,
)
from chengyun.kernel.errors import Invalid, NotThere

_MOST_TEXT = 500  # characters of an address


@staff
@require_safe
def areas(request: Any) -> HttpResponse:
    """区域与网格: the map, the streets with their counts, and the communities that were searched for."""
    text, street = request.GET.get("q", "").strip()[:_MOST_TEXT], request.GET.get("street", "")
    searched = bool(text or street)
    said = {
        "text": text,
        "street": street,
        "searched": searched,
        "streets": streets_with_counts(),
        "found": search_areas(text, street) if searched else [],
        "totals": {
            "communities": living_areas(AreaKind.COMMUNITY).count(),
            "unit": living_grids(GridKind.UNIT).count(),
            "responsibility": living_grids(GridKind.RESPONSIBILITY).count(),
            "comprehensive": living_grids(GridKind.COMPREHENSIVE).count(),
        },
        "may_import": request.actor.holds(ADMINISTRATOR),
        "illustrative": living_areas().filter(illustrative=True).exists(),
    }
    return render(request, "geography/areas.html", said)


@staff
@require_safe
def area(request: Any, code: str) -> HttpResponse:
    """One area with what it is made of, its grids and its earlier versions."""
    found = living_areas().select_related("parent__parent").filter(code=code).first()
    if found is None:
        raise NotThere(_("没有代码为“%(code)s”的区域") % {"code": code})
    kind = request.GET.get("kind", GridKind.UNIT)
    kind = kind if kind in set(GridKind) else GridKind.UNIT
    if found.kind == AreaKind.COMMUNITY:
        kind = GridKind.UNIT
    said = {
        "area": found,
        "kind_label": AreaKind(found.kind).label,
        "street": _street_of(found),
        "children": _children(found),
        "grids": grids_of(found, GridKind(kind)),
        "grid_kind": GridKind(kind),
        "grid_kinds": list(GridKind),
        "versions": Area.objects.filter(code=code).exclude(pk=found.pk).order_by("-valid_from"),
    }
    return render(request, "geography/area.html", said)


def _street_of(found: Area) -> Area | None:
    return (
        found if found.kind == AreaKind.STREET else found.parent if found.kind == AreaKind.COMMUNITY else None
    )


def _children(found: Area) -> list[Area]:
    if found.kind == AreaKind.DISTRICT:
        return areas_of(AreaKind.STREET)
    return search_areas(street=found.code) if found.kind == AreaKind.STREET else []


def _etag(request: Any, name: str) -> str:
    asked = (name, request.GET.get("street", ""), request.GET.get("kind", ""))
    return f'"{current_token()}-{"-".join(asked)}"'.encode("ascii", "replace").decode()


@staff
@require_safe
@condition(etag_func=_etag)
def layer(request: Any, name: str) -> HttpResponse:
    """A map layer as GeoJSON; the browser asks again with the tag and mostly gets 304."""
    text = layer_text(name, request.GET.get("street", ""), request.GET.get("kind") or GridKind.UNIT)
    answer = HttpResponse(text, content_type="application/geo+json")
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@staff
@require_safe
def locate_point(request: Any) -> JsonResponse:
    """Street, community and grid of ``lng``, ``lat`` (``system`` names another coordinate system)."""
    try:
        lng, lat = (float(request.GET.get(name, "")) for name in ("lng", "lat"))
    except ValueError:
        raise Invalid({"lng": _("坐标必须是数字，例如 121.4892, 31.4053")}) from None
    return _json(place_at(*to_wgs84(lng, lat, request.GET.get("system") or System.WGS84)))


@staff
@require_safe
def match(request: Any) -> JsonResponse:
    """What the text of ``address`` may mean."""
    return _json({"matches": matches_of(request.GET.get("address", "")[:_MOST_TEXT])})


@staff
@require_safe
def suggest(request: Any) -> JsonResponse:
    """Lines for the address box while ``q`` is typed."""
    return _json({"suggestions": suggestions_for(request.GET.get("q", "")[:_MOST_TEXT])})


def _json(said: dict[str, Any]) -> JsonResponse:
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})

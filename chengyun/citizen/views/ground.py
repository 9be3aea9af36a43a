"""What the public map and the address box ask for: outlines, names, and whether a point is in the district."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from chengyun.citizen.doors import public
from chengyun.geography.answers import place_at, suggestions_for
from chengyun.geography.freshness import current_token
from chengyun.geography.layers import layer_text
from chengyun.kernel.errors import Invalid
from chengyun.organisation.requests import OpenRequest


def _etag(request: Any, name: str) -> str:
    return f'"{current_token()}-{name}"'


@public
@require_safe
@condition(etag_func=_etag)
def layer(request: OpenRequest, name: str) -> HttpResponse:
    """``outline`` or ``streets``; grids and who answers for them are the house's own affair."""
    answer = HttpResponse(layer_text(name), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer


@public
@require_safe
def locate(request: OpenRequest) -> JsonResponse:
    """Whether ``lng``, ``lat`` lies in the district, and in which street."""
    try:
        lng, lat = (float(request.GET.get(name, "")) for name in ("lng", "lat"))
    except ValueError:
        raise Invalid({"lng": _("坐标必须是数字，例如 121.4892, 31.4053")}) from None
    found = place_at(lng, lat)
    named = [found[part]["name"] for part in ("street", "community") if found[part]]
    said = {"inside": found["inside"], "label": _("已选：%(place)s") % {"place": " · ".join(named)}}
    return _json(said)


@public
@require_safe
def suggest(request: OpenRequest) -> JsonResponse:
    """Lines for the address box while ``q`` is typed."""
    lines = suggestions_for(request.GET.get("q", "")[:100])
    return _json({"suggestions": [{"label": line["label"]} for line in lines]})


def _json(said: dict[str, Any]) -> JsonResponse:
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})

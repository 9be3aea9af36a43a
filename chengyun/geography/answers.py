"""What the map and the address box are told: places and matches as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from chengyun.geography.models import Area, Grid
from chengyun.geography.queries import locate, match_address, suggest_addresses
from chengyun.kernel.errors import Invalid


def place_at(lng: float, lat: float) -> dict[str, Any]:
    """Street, community and grids of a WGS-84 point by id, code and name; ``label`` says it in one line.

    Raises ``Invalid`` (lng) for what is no number on a globe.
    """
    if not (abs(lng) <= 180 and abs(lat) <= 90):  # false of nan, too
        raise Invalid({"lng": _("坐标必须是数字，例如 121.4892, 31.4053")})
    place = locate(lng, lat)
    areas = Area.objects.defer("boundary").in_bulk([i for i in (place.street_id, place.community_id) if i])
    grids = Grid.objects.defer("boundary").in_bulk(
        [i for i in (place.grid_id, place.responsibility_grid_id) if i]
    )
    street, community = areas.get(place.street_id or 0), areas.get(place.community_id or 0)
    grid, responsibility = grids.get(place.grid_id or 0), grids.get(place.responsibility_grid_id or 0)
    named = [row for row in (street, community, grid) if row is not None]
    return {
        "inside": place.inside,
        "lng": lng,
        "lat": lat,
        "street": _said(street),
        "community": _said(community),
        "grid": _said(grid),
        "responsibility_grid": _said(responsibility),
        "illustrative": any(row.illustrative for row in named),
        "label": " · ".join(row.name or row.code for row in named),
    }


def matches_of(text: str) -> list[dict[str, Any]]:
    """What an address may mean, the likeliest first."""
    return [asdict(match) for match in match_address(text)]


def suggestions_for(text: str) -> list[dict[str, Any]]:
    """Lines for the address box."""
    return [asdict(line) for line in suggest_addresses(text)]


def _said(row: Area | Grid | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"id": row.pk, "code": row.code, "name": row.name or row.code, "illustrative": row.illustrative}

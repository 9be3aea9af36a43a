"""Names of streets and communities, remembered in the process."""

from __future__ import annotations

from chengyun.geography.freshness import Prepared
from chengyun.geography.models import Area, AreaKind
from chengyun.geography.queries import areas_of


def _make() -> dict[int, str]:
    return dict(Area.objects.values_list("pk", "name"))


def _make_districts() -> tuple[str, ...]:
    return tuple(area.name for area in areas_of(AreaKind.DISTRICT))


def _make_streets() -> tuple[tuple[int, str], ...]:
    return tuple((area.pk, area.name) for area in areas_of(AreaKind.STREET))


_names: Prepared[dict[int, str]] = Prepared(_make)
_districts: Prepared[tuple[str, ...]] = Prepared(_make_districts)
_streets: Prepared[tuple[tuple[int, str], ...]] = Prepared(_make_streets)


def area_names() -> dict[int, str]:
    """Name of every area by id, those of the past included."""
    return _names.get()


def streets() -> tuple[tuple[int, str], ...]:
    """Id and name of the streets in force, by code."""
    return _streets.get()


def place_of(street_id: int | None, community_id: int | None, address: str = "") -> tuple[str, str]:
    """Street and community as one line and beneath it the address, without what the first line says already.

    The address alone if neither is known.
    """
    names = area_names()
    known = [names[one] for one in (street_id, community_id) if one in names]
    if not known:
        return address, ""
    rest = address
    for name in (*_districts.get(), *known):
        rest = rest.removeprefix(name).lstrip()
    return " · ".join(known), rest

"""Who answers: the unit for a grid and a class of appeal, the inspector of a grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from chengyun.geography.models import Area, Grid
from chengyun.organisation.models import ClassDuty, GridDuty
from chengyun.organisation.models.dated import valid_on
from chengyun.organisation.queries.tree import unit_of_area
from chengyun.organisation.version import Remembered


@dataclass(frozen=True, slots=True)
class UnitSuggestion:
    """A unit to dispatch to, and in one sentence why.

    ``branch`` is the catalogue's key that stands in the sentence, "" if none: rooms above know its name.
    """

    unit_id: int
    why: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class _Duty:
    branch: str
    unit_id: int
    unit: str
    area_id: int | None
    area: str
    basis: str
    valid_from: date
    valid_until: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def _compute_class_duties() -> dict[str, tuple[_Duty, ...]]:
    by_catalogue: dict[str, list[_Duty]] = {}
    for row in ClassDuty.objects.filter(unit__active=True).select_related("unit", "area"):
        by_catalogue.setdefault(row.catalogue, []).append(
            _Duty(
                row.branch,
                row.unit_id,
                row.unit.name,
                row.area_id,
                row.area.name if row.area else "",
                row.basis,
                row.valid_from,
                row.valid_until,
            )
        )
    return {key: tuple(rows) for key, rows in by_catalogue.items()}


_class_duties = Remembered(_compute_class_duties)


def unit_for(
    grid_id: int | None, catalogue_code: str, on: date, *, street_id: int | None = None
) -> list[UnitSuggestion]:
    """Suggest who should handle a case, the most specific rule first, each unit once.

    ``catalogue_code`` is the full code ``<catalogue>/<code>`` (``gbt47678.5-2026/P/01003``) or empty; ``on``
    the day that counts; ``street_id`` the street's area where no grid is known. Order: a class duty for the
    grid's community, then for the street (longer branch first); one for the whole district; the grid's own
    duty; the street itself (属地). An empty list when nothing is known.
    """
    grid = Grid.objects.filter(pk=grid_id).values("community_id", "street_id").first() if grid_id else None
    community_id = grid["community_id"] if grid else None
    street_id = street_id or (grid["street_id"] if grid else None)
    areas = [area_id for area_id in (community_id, street_id) if area_id]
    found = _by_class(catalogue_code, areas, on)
    if grid_id:
        found += _by_grid(grid_id, on)
    if street_id:
        found += _by_street(street_id)
    first: dict[int, UnitSuggestion] = {}
    for one in found:
        first.setdefault(one.unit_id, one)
    return list(first.values())


def _by_class(catalogue_code: str, areas: list[int], on: date) -> list[UnitSuggestion]:
    catalogue, _slash, code = catalogue_code.partition("/")
    matches = [
        duty
        for duty in _class_duties().get(catalogue, ())
        if code.startswith(duty.branch) and duty.holds(on) and (duty.area_id is None or duty.area_id in areas)
    ]
    matches.sort(
        key=lambda duty: (
            areas.index(duty.area_id) if duty.area_id else len(areas),
            -len(duty.branch),
        )
    )
    return [
        UnitSuggestion(duty.unit_id, _why_class(catalogue, duty), f"{catalogue}/{duty.branch}")
        for duty in matches
    ]


def _why_class(catalogue: str, duty: _Duty) -> str:
    where = duty.area or _("全区")
    said = _("类别职责：%(where)s %(branch)s 由%(unit)s负责") % {
        "where": where,
        "branch": f"{catalogue}/{duty.branch}",
        "unit": duty.unit,
    }
    return _("%(name)s（%(more)s）") % {"name": said, "more": duty.basis} if duty.basis else said


def _by_grid(grid_id: int, on: date) -> list[UnitSuggestion]:
    grids = [grid_id, *_groups_of(grid_id)]
    rows = GridDuty.objects.filter(valid_on(on), grid_id__in=grids, unit__active=True).select_related(
        "unit", "grid"
    )
    ordered = sorted(rows, key=lambda row: (grids.index(row.grid_id), -row.pk))
    return [
        UnitSuggestion(
            row.unit_id,
            _("网格职责：%(grid)s 由%(unit)s负责") % {"grid": row.grid, "unit": row.unit},
        )
        for row in ordered
        if row.unit_id is not None
    ]


def _groups_of(grid_id: int) -> list[int]:
    """Ids of the responsibility grids that hold this unit grid."""
    return list(
        Grid.objects.filter(members__unit_grid_id=grid_id).order_by("pk").values_list("pk", flat=True)
    )


def _by_street(street_id: int) -> list[UnitSuggestion]:
    unit_id = unit_of_area(street_id)
    if unit_id is None:
        return []
    name = Area.objects.filter(pk=street_id).values_list("name", flat=True).first()
    return [UnitSuggestion(unit_id, _("属地原则：地点在%(street)s") % {"street": name})]


def inspector_for(grid_id: int, on: date) -> int | None:
    """Id of the person who walks this grid on that day, in its own duty or that of a grid which groups it."""
    grids = [grid_id, *_groups_of(grid_id)]
    rows = GridDuty.objects.filter(valid_on(on), grid_id__in=grids, inspector__active=True)
    ordered = sorted(rows, key=lambda row: (grids.index(row.grid_id), -row.pk))
    return ordered[0].inspector_id if ordered else None

"""Takes unit grids and the grids that group them from a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from chengyun.geography import codes
from chengyun.geography.actions.import_areas import TOLERANCE, Ground, boundary_values
from chengyun.geography.actions.reading import Line, read_lines, shape_of
from chengyun.geography.actions.report import ImportReport
from chengyun.geography.actions.versions import differs, renew
from chengyun.geography.coordinates import System, system_named
from chengyun.geography.freshness import changed
from chengyun.geography.models import Grid, GridKind, GridMember
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

if TYPE_CHECKING:
    from shapely import Geometry

_BATCH = 500


@dataclass(slots=True)
class _Import:
    """What one run knows and has done."""

    ground: Ground
    grids: dict[tuple[str, str], Grid]
    system: System
    day: date
    source: str
    report: ImportReport
    seen: set[tuple[str, str]] = field(default_factory=set)
    surveyed: dict[int, date] = field(
        default_factory=dict
    )  # community id -> from when its grids are surveyed


def import_grids(
    file: Path,
    *,
    actor: Actor,
    now: datetime,
    system: System | str = System.WGS84,
    valid_from: date | None = None,
    tolerance: float = TOLERANCE,
) -> ImportReport:
    """Import grids from CSV or GeoJSON. Columns or properties: ``code``, ``geometry``, and if wanted ``kind``
    (``unit`` by default), ``name``, ``valid_from``, ``source``; for grouping grids ``street_code`` and
    ``members`` (codes of unit grids; without it, the unit grids whose middle lies inside).

    1. Read the whole file; stop with ``Invalid`` if it is not of a known shape.
    2. Judge the rows, unit grids first; a bad row is rejected and the rest goes on.
    3. Insert new grids; give changed ones a new version from ``valid_from`` (today by default).
    4. Where a community got surveyed unit grids, close the illustrative ones that remain.
    5. Tell every process. All of it in one transaction.
    """
    lines = read_lines(file)
    source = _("由%(person)s导入：%(file)s") % {"person": actor.name, "file": file.name}
    with writing():
        living = Grid.objects.filter(valid_until=None)
        run = _Import(
            ground=Ground.read(tolerance),
            grids={(grid.kind, grid.code): grid for grid in living},
            system=system_named(system),
            day=valid_from or local(now).date(),
            source=source,
            report=ImportReport(read=len(lines)),
        )
        for line in sorted(lines, key=lambda line: (_kind_text(line) != GridKind.UNIT, line.number)):
            try:
                _take(line, run)
            except Invalid as error:
                for name, reason in error.fields.items():
                    run.report.reject(line.number, name, reason, line.original)
        _retire(run)
        if run.report.created or run.report.replaced:
            changed()
    return run.report


def _kind_text(line: Line) -> str:
    return line.said.get("kind", "") or GridKind.UNIT


def _take(line: Line, run: _Import) -> None:
    """Judge one row and write it."""
    kind = _kind(line)
    code = line.said.get("code", "")
    values = _owners(kind, code, line, run)
    if (kind, code) in run.seen:
        raise Invalid({"code": _("代码 %(code)s 在文件里重复") % {"code": code}})
    run.seen.add((kind, code))
    starts = line.day("valid_from", run.day)
    shape = shape_of(line.geometry, run.system)
    if shape is None:
        raise Invalid({"geometry": _("缺少形状（geometry）")})
    run.ground.must_hold(shape, code[:12] if kind == GridKind.UNIT else line.said["street_code"])
    members = None if kind == GridKind.UNIT else _members(line, shape, run)
    values |= boundary_values(shape) | {"name": line.said.get("name", "")[:60]}
    grid = _write(kind, code, values, starts, line.said.get("source") or run.source, run)
    if members is not None:
        _regroup(grid, members)
    elif grid.community_id is not None:
        run.surveyed[grid.community_id] = min(starts, run.surveyed.get(grid.community_id, starts))


def _kind(line: Line) -> GridKind:
    try:
        return GridKind(_kind_text(line))
    except ValueError:
        known = _("、").join(f"{kind.value}（{kind.zh}）" for kind in GridKind)
        raise Invalid({"kind": _("不认识的网格类型，可用：%(known)s") % {"known": known}}) from None


def _owners(kind: GridKind, code: str, line: Line, run: _Import) -> dict[str, Any]:
    """Street and community of the grid: a unit grid's code tells them, a grouping grid names its street."""
    if kind == GridKind.UNIT:
        parsed = codes.parse(code)
        if not parsed.serial:
            raise Invalid(
                {
                    "code": _("单元网格代码应为 15 位，“%(code)s”只有 %(n)d 位")
                    % {"code": code, "n": len(code)}
                }
            )
        community = run.ground.area(parsed.community_code)
        return {"community_id": community.pk, "street_id": community.parent_id}
    if not codes.valid_group_code(code):
        raise Invalid({"code": _("代码应为 3 到 20 位大写字母、数字或连字符")})
    street = line.said.get("street_code", "")
    if not codes.valid_street_code(street):
        raise Invalid({"street_code": _("须写明 9 位街镇代码")})
    return {"community_id": None, "street_id": run.ground.area(street, "street_code").pk}


def _write(
    kind: GridKind, code: str, values: dict[str, Any], starts: date, source: str, run: _Import
) -> Grid:
    known = run.grids.get((kind, code))
    if known is None:
        known = Grid.objects.create(kind=kind, code=code, valid_from=starts, source=source, **values)
        run.grids[(kind, code)] = known
        run.report.created += 1
    elif differs(known, values):
        renew(known, {**values, "source": source}, starts)
        run.report.replaced += 1
    else:
        run.report.unchanged += 1
    return known


def _members(line: Line, shape: Geometry, run: _Import) -> list[Grid]:
    import shapely

    units = {code: grid for (kind, code), grid in run.grids.items() if kind == GridKind.UNIT}
    wanted = line.many("members")
    if unknown := [code for code in wanted if code not in units]:
        raise Invalid({"members": _("没有这些单元网格：%(codes)s") % {"codes": _("、").join(unknown[:5])}})
    if wanted:
        return [units[code] for code in dict.fromkeys(wanted)]
    placed = list(units.values())
    middles = [(grid.longitude or 0.0, grid.latitude or 0.0) for grid in placed]
    inside = [bool(shapely.contains_xy(shape, lng, lat)) for lng, lat in middles]
    return [grid for grid, hit in zip(placed, inside, strict=True) if hit]


def _regroup(group: Grid, units: list[Grid]) -> None:
    """Make these the members; a unit grid may belong to one living grid of a kind only."""
    GridMember.objects.filter(group__kind=group.kind, unit_grid__in=units).delete()
    GridMember.objects.filter(group=group).delete()
    fresh = [GridMember(group=group, unit_grid=unit) for unit in units]
    GridMember.objects.bulk_create(fresh, batch_size=_BATCH)


def _retire(run: _Import) -> None:
    """Close illustrative unit grids where surveyed ones have come: both would claim the same ground."""
    for community_id, starts in run.surveyed.items():
        shown = Grid.objects.filter(kind=GridKind.UNIT, community_id=community_id, valid_until=None)
        run.report.retired += shown.filter(illustrative=True).update(valid_until=starts)

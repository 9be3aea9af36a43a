"""Takes districts, streets and communities from a file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from chengyun.geography import codes
from chengyun.geography.actions.reading import Line, read_lines, shape_of, sticks_out
from chengyun.geography.actions.report import ImportReport
from chengyun.geography.actions.versions import differs, renew
from chengyun.geography.aliases import community_aliases, street_aliases
from chengyun.geography.coordinates import System, system_named
from chengyun.geography.freshness import changed
from chengyun.geography.models import Area, AreaKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

if TYPE_CHECKING:
    from shapely import Geometry

TOLERANCE = 50.0  # metres by which a part may leave the whole: surveys of different years do not meet exactly
OUTLINE_TOLERANCE = 1500.0  # metres; the outline that comes with the product has 51 points
_KINDS = {6: AreaKind.DISTRICT, 9: AreaKind.STREET, 12: AreaKind.COMMUNITY}


@dataclass(slots=True)
class Ground:
    """The living areas while an import runs, with their shapes read once."""

    areas: dict[str, Area]
    tolerance: float
    _shapes: dict[str, Geometry] = field(default_factory=dict)

    @classmethod
    def read(cls, tolerance: float) -> Ground:
        """Read the living areas."""
        return cls({area.code: area for area in Area.objects.filter(valid_until=None)}, tolerance)

    def area(self, code: str, column: str = "code") -> Area:
        """Return the living area; raise ``Invalid`` if it is not there."""
        if code not in self.areas:
            raise Invalid({column: _("上级 %(code)s 不存在，请先导入它") % {"code": code}})
        return self.areas[code]

    def keep(self, area: Area) -> None:
        """Take note of a row that was written."""
        self.areas[area.code] = area
        self._shapes.pop(area.code, None)

    def must_hold(self, shape: Geometry, parent: str) -> None:
        """Raise ``Invalid`` if the shape leaves the nearest surveyed area above it.

        An illustrative parent is skipped: a surveyed part need not fit into something drawn for show.
        """
        while parent:
            area = self.areas.get(parent)
            if area is not None and area.boundary and not area.illustrative:
                tolerance = OUTLINE_TOLERANCE if area.kind == AreaKind.DISTRICT else self.tolerance
                if sticks_out(shape, self._shape(area), max(tolerance, self.tolerance)):
                    message = _("形状超出上级“%(name)s”的边界（容差 %(metres)d 米）；坐标系选对了吗？")
                    raise Invalid({"geometry": message % {"name": area.name, "metres": tolerance}})
                return
            parent = parent[:-3] if len(parent) > codes.DISTRICT else ""

    def _shape(self, area: Area) -> Geometry:
        import shapely

        if area.code not in self._shapes:
            self._shapes[area.code] = shapely.from_geojson(area.boundary)
        return self._shapes[area.code]


def import_areas(
    file: Path,
    *,
    actor: Actor,
    now: datetime,
    system: System | str = System.WGS84,
    valid_from: date | None = None,
    tolerance: float = TOLERANCE,
) -> ImportReport:
    """Import areas from CSV or GeoJSON. Columns or properties: ``code``, ``name``, and if wanted ``aliases``,
    ``geometry``, ``valid_from``, ``source``.

    1. Read the whole file; stop with ``Invalid`` if it is not of a known shape.
    2. Judge the rows, the higher levels first; a bad row is rejected and the rest goes on.
    3. Insert new areas; give changed ones a new version from ``valid_from`` (today by default).
    4. Tell every process. All of it in one transaction.
    """
    system, day = system_named(system), valid_from or local(now).date()
    lines = read_lines(file)
    report = ImportReport(read=len(lines))
    source = _("由%(person)s导入：%(file)s") % {"person": actor.name, "file": file.name}
    with writing():
        ground, seen = Ground.read(tolerance), set[str]()
        for line in sorted(lines, key=lambda line: (len(line.said.get("code", "")), line.number)):
            try:
                _take(line, ground, seen, report, system=system, day=day, source=source)
            except Invalid as error:
                for name, reason in error.fields.items():
                    report.reject(line.number, name, reason, line.original)
        if report.created or report.replaced:
            changed()
    return report


def _take(
    line: Line,
    ground: Ground,
    seen: set[str],
    report: ImportReport,
    *,
    system: System,
    day: date,
    source: str,
) -> None:
    """Judge one row and write it."""
    code = str(codes.parse(line.said.get("code", "")))
    if len(code) not in _KINDS:
        raise Invalid({"code": _("“%(code)s”是网格代码，请用 import-grids 导入") % {"code": code}})
    if code in seen:
        raise Invalid({"code": _("代码 %(code)s 在文件里重复") % {"code": code}})
    seen.add(code)
    parent = ground.area(code[:-3]) if len(code) > codes.DISTRICT else None
    starts = line.day("valid_from", day)
    shape = shape_of(line.geometry, system)
    if shape is not None and parent is not None:
        ground.must_hold(shape, parent.code)
    known = ground.areas.get(code)
    values = _values(line, code, known, shape)
    if known is None:
        values.setdefault("source", line.said.get("source") or source)
        known = Area.objects.create(
            kind=_KINDS[len(code)], code=code, parent=parent, valid_from=starts, **values
        )
        report.created += 1
    elif differs(known, values):
        renew(known, {**values, "source": line.said.get("source") or source}, starts)
        report.replaced += 1
    else:
        report.unchanged += 1
    ground.keep(known)


def _values(line: Line, code: str, known: Area | None, shape: Geometry | None) -> dict[str, Any]:
    name = line.said.get("name", "") or (known.name if known else "")
    if not name:
        raise Invalid({"name": _("缺少名称")})
    if len(name) > 60:
        raise Invalid({"name": _("名称超过 60 个字")})
    values: dict[str, Any] = {"name": name}
    if given := line.many("aliases"):
        values["aliases"] = given
    elif known is None or known.name != name:
        values["aliases"] = {9: street_aliases, 12: community_aliases}.get(len(code), lambda _name: [])(name)
    if shape is not None:
        values |= boundary_values(shape)
    return values


def boundary_values(shape: Geometry) -> dict[str, Any]:
    """Columns of a surveyed boundary: compact GeoJSON and a point inside it."""
    import shapely

    inner: Any = shapely.point_on_surface(shape)
    boundary = json.dumps(json.loads(shapely.to_geojson(shape)), separators=(",", ":"))
    return {
        "boundary": boundary,
        "longitude": round(inner.x, 6),
        "latitude": round(inner.y, 6),
        "illustrative": False,
    }

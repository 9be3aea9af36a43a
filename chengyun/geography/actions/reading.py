"""Reads rows with a shape from CSV and GeoJSON files, and judges the shape. Writes nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from chengyun.geography.coordinates import System, checked, to_wgs84
from chengyun.geography.generate.plane import METRES_PER_DEGREE
from chengyun.kernel.errors import Invalid

if TYPE_CHECKING:
    from shapely import Geometry

_SEPARATORS = re.compile(r"[;；|、,，\s]+")
_MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its line (or feature) number, its texts, and the geometry as it came."""

    number: int
    said: dict[str, str]
    geometry: Any

    @property
    def original(self) -> dict[str, Any]:
        """The row as it came, for the rejects."""
        return {**self.said, "geometry": self.geometry} if self.geometry else self.said

    def many(self, name: str) -> list[str]:
        """A column that holds several values."""
        return [part for part in _SEPARATORS.split(self.said.get(name, "")) if part]

    def day(self, name: str, default: date) -> date:
        """A column that holds a date; raise ``Invalid`` if it is none."""
        text = self.said.get(name, "")
        if not text:
            return default
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Invalid({name: _("日期“%(text)s”应写成 2026-07-01 的样子") % {"text": text}}) from None


def read_lines(path: Path) -> list[Line]:
    """Read the file; raise ``Invalid`` on ``file`` if it is neither such a CSV nor a FeatureCollection."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Invalid({"file": _("文件超过 200 MB，请按街镇拆分后再导入")})
        raw = path.read_bytes()
    except OSError as error:
        message = _("打不开文件 %(path)s：%(why)s") % {"path": path, "why": error.strerror}
        raise Invalid({"file": message}) from None
    text = _decoded(raw)
    lines = list(_features(text) if text.lstrip().startswith(("{", "[")) else _table(text))
    if not lines:
        raise Invalid({"file": _("文件里没有数据行")})
    return lines


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # office programs in China still write GB 18030
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid({"file": _("文件编码既不是 UTF-8 也不是 GB 18030")})


def _table(text: str) -> Iterator[Line]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "code" not in (reader.fieldnames or ()):
        raise Invalid({"file": _("CSV 第一行应有列名，至少包含 code 列；形状写在 geometry 列（GeoJSON）")})
    csv.field_size_limit(_MOST_BYTES)
    try:
        for row in reader:
            said = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            yield Line(reader.line_num, said, said.pop("geometry", ""))
    except csv.Error as error:
        raise Invalid(
            {"file": _("CSV 第 %(line)d 行读不下去：%(why)s") % {"line": reader.line_num, "why": error}}
        ) from None


def _features(text: str) -> Iterator[Line]:
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Invalid({"file": _("不是有效的 JSON：%(why)s") % {"why": error}}) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise Invalid({"file": _("GeoJSON 应为带有 features 的 FeatureCollection")})
    for number, feature in enumerate(features, 1):
        known = feature if isinstance(feature, dict) else {}
        properties = known.get("properties")
        said = properties if isinstance(properties, dict) else {}
        yield Line(number, {str(key): _text(value) for key, value in said.items()}, known.get("geometry"))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return "；".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def shape_of(geometry: Any, system: System) -> Geometry | None:
    """Return the polygon in WGS-84, rounded to about 0.1 m, or None if the row has none.

    Raises ``Invalid`` on ``geometry`` for anything that is not a valid polygon on earth.
    """
    if not geometry:
        return None
    import shapely
    from shapely.geometry import shape

    if isinstance(geometry, str):
        try:
            geometry = json.loads(geometry)
        except json.JSONDecodeError:
            raise _bad(_('geometry 列应写成 GeoJSON，例如 {"type":"Polygon","coordinates":[…]}')) from None
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise _bad(_("形状应为 Polygon 或 MultiPolygon"))
    try:
        drawn = shape(_converted(geometry, system))
    except Invalid as error:
        raise _bad(error.message) from None
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise _bad(_("坐标串不完整：每个环至少 4 个点，每点为 [经度, 纬度]")) from None
    if not drawn.is_valid:
        raise _bad(_("形状无效：%(why)s") % {"why": shapely.is_valid_reason(drawn)})
    if drawn.is_empty or drawn.area == 0:
        raise _bad(_("形状没有面积"))
    return drawn


def _converted(geometry: dict[str, Any], system: System) -> dict[str, Any]:
    def walk(value: Any, convert: Callable[[float, float], tuple[float, float]]) -> Any:
        if isinstance(value[0], list):
            return [walk(part, convert) for part in value]
        lng, lat = convert(*checked(float(value[0]), float(value[1])))
        return [round(lng, 6), round(lat, 6)]

    converted = walk(geometry["coordinates"], lambda lng, lat: to_wgs84(lng, lat, system))
    return {"type": geometry["type"], "coordinates": converted}


def sticks_out(shape: Geometry, frame: Geometry, tolerance: float) -> bool:
    """Tell whether the shape leaves the frame by more than ``tolerance`` metres."""
    import shapely

    return not bool(shapely.covers(shapely.buffer(frame, tolerance / METRES_PER_DEGREE), shape))


def _bad(message: str) -> Invalid:
    return Invalid({"geometry": message})

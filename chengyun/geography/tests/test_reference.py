from __future__ import annotations

import json

import pytest

from chengyun.geography import codes
from chengyun.geography.actions import load_reference
from chengyun.geography.models import Area, AreaKind, GeographyVersion, Grid, GridKind, GridMember
from chengyun.geography.tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("baoshan")


def test_the_district_is_complete():
    kinds = {kind: Area.objects.filter(kind=kind).count() for kind in AreaKind}
    assert kinds == {AreaKind.DISTRICT: 1, AreaKind.STREET: 13, AreaKind.COMMUNITY: 567}
    community = Area.objects.get(code="310113003001")
    assert (community.name, community.parent.name, community.parent.parent.name) == (
        "宝钢一村居委会",
        "友谊路街道",
        "宝山区",
    )
    assert {"宝钢一村", "宝钢一村居委"} <= set(community.aliases)


def test_what_is_drawn_for_show_says_so():
    assert not Area.objects.exclude(kind=AreaKind.DISTRICT).filter(illustrative=False).exists()
    assert not Grid.objects.filter(illustrative=False).exists()
    assert not Grid.objects.exclude(name__contains="（示意）").exists()
    assert Area.objects.get(code="310113101").boundary_label == "边界示意"


def test_every_unit_grid_belongs_to_one_grid_of_each_grouping_kind():
    units = Grid.objects.filter(kind=GridKind.UNIT)
    for kind, low, high in ((GridKind.RESPONSIBILITY, 180, 220), (GridKind.COMPREHENSIVE, 30, 60)):
        assert low <= Grid.objects.filter(kind=kind).count() <= high
        members = GridMember.objects.filter(group__kind=kind)
        assert members.count() == members.values("unit_grid").distinct().count() == units.count()
        assert all(
            codes.valid_group_code(code)
            for code in Grid.objects.filter(kind=kind).values_list("code", flat=True)
        )


def test_boundaries_are_compact():
    for boundary in Grid.objects.filter(kind=GridKind.UNIT).values_list("boundary", flat=True):
        for lng, lat in json.loads(boundary)["coordinates"][0]:
            assert (round(lng, 5), round(lat, 5)) == (lng, lat)


def test_loading_again_changes_nothing():
    token = GeographyVersion.objects.get().token
    loaded = load_reference(now=NOW)
    assert (loaded.areas, loaded.grids, loaded.groups) == (0, 0, 0)
    assert GeographyVersion.objects.get().token == token


def test_a_missing_area_is_put_back_and_an_edited_one_left_alone():
    Grid.objects.filter(community__code="310113003002").delete()
    Area.objects.filter(code="310113003002").delete()
    Area.objects.filter(code="310113003001").update(name="改过的名字")
    assert load_reference(now=NOW).areas == 1
    assert Area.objects.get(code="310113003002").parent.code == "310113003"
    assert Area.objects.get(code="310113003001").name == "改过的名字"

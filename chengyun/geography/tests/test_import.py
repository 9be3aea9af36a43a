from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from chengyun.geography.actions import import_areas, import_grids
from chengyun.geography.coordinates import wgs84_to_gcj02
from chengyun.geography.models import Area, Grid, GridKind, GridMember
from chengyun.geography.queries import locate
from chengyun.geography.tests.conftest import NOW
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid

pytestmark = pytest.mark.usefixtures("baoshan")

ALICE = Actor(person_id=None, name="爱丽丝")
STREET, COMMUNITY = "310113003", "310113003001"


def shape_at(code: str, half: float = 0.001) -> dict[str, Any]:
    """A square around the middle of an area."""
    area = Area.objects.get(code=code)
    return square(area.longitude, area.latitude, half)


def square(lng: float, lat: float, half: float = 0.001) -> dict[str, Any]:
    box = shapely.box(lng - half, lat - half, lng + half, lat + half)
    return json.loads(shapely.to_geojson(box))


def a_csv(folder: Path, rows: list[dict[str, object]], encoding: str = "utf-8") -> Path:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {key: json.dumps(value) if isinstance(value, dict) else value for key, value in row.items()}
        )
    path = folder / "rows.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def a_geojson(folder: Path, rows: list[dict[str, object]]) -> Path:
    features = [
        {"type": "Feature", "geometry": row.pop("geometry", None), "properties": row}
        for row in map(dict, rows)
    ]
    path = folder / "rows.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize("write", [a_csv, a_geojson])
def test_a_new_street_with_its_community(tmp_path, write):
    shape = shape_at(STREET)
    path = write(
        tmp_path,
        [
            {"code": "310113901001", "name": "新城一村居委会", "geometry": shape},
            {"code": "310113901", "name": "新城街道", "aliases": "新城；新新城", "geometry": shape},
        ],
    )
    report = import_areas(path, actor=ALICE, now=NOW)
    assert report.counts() == {
        "read": 2, "created": 2, "replaced": 0, "unchanged": 0, "retired": 0, "rejected": 0
    }  # fmt: skip
    community = Area.objects.get(code="310113901001")
    assert community.parent.aliases == ["新城", "新新城"]
    assert "新城一村" in community.aliases
    assert not community.illustrative
    assert community.valid_from == date(2026, 7, 1)
    assert "爱丽丝" in community.source
    # A surveyed boundary beats the illustrative ones that lie there.
    assert locate(community.longitude, community.latitude).community_id == community.pk


def test_a_new_version_keeps_the_id_and_closes_the_earlier(tmp_path):
    before = Area.objects.get(code=COMMUNITY)
    path = a_csv(
        tmp_path, [{"code": COMMUNITY, "name": "宝钢一村第一居委会", "geometry": shape_at(COMMUNITY)}]
    )
    report = import_areas(path, actor=ALICE, now=NOW, valid_from=date(2026, 8, 1))
    assert report.counts()["replaced"] == 1
    living = Area.objects.get(code=COMMUNITY, valid_until=None)
    closed = Area.objects.get(code=COMMUNITY, valid_until=date(2026, 8, 1))
    assert living.pk == before.pk
    assert (living.name, living.valid_from) == ("宝钢一村第一居委会", date(2026, 8, 1))
    assert (closed.name, closed.valid_from, closed.boundary) == (
        before.name, before.valid_from, before.boundary
    )  # fmt: skip
    again = import_areas(path, actor=ALICE, now=NOW, valid_from=date(2026, 9, 1))
    assert again.counts()["unchanged"] == 1
    # A point of the earlier boundary, asked for an earlier day, still gets the id that cases hold.
    assert locate(before.longitude, before.latitude, on=date(2026, 7, 31)).community_id == before.pk


def test_a_version_must_begin_after_the_present_one(tmp_path):
    path = a_csv(tmp_path, [{"code": COMMUNITY, "name": "甲", "valid_from": "2010-01-01"}])
    report = import_areas(path, actor=ALICE, now=NOW)
    assert [(r.line, r.field) for r in report.rejects] == [(2, "valid_from")]
    assert Area.objects.get(code=COMMUNITY).name == "宝钢一村居委会"


def test_every_kind_of_bad_area_is_rejected_with_its_reason(tmp_path):
    good = shape_at(STREET)
    bow = {
        "type": "Polygon",
        "coordinates": [[[121.48, 31.4], [121.49, 31.41], [121.49, 31.4], [121.48, 31.41], [121.48, 31.4]]],
    }
    swapped = {
        "type": "Polygon",
        "coordinates": [[[31.4, 121.48], [31.4, 121.49], [31.5, 121.49], [31.4, 121.48]]],
    }
    point = {"type": "Point", "coordinates": [1, 2]}
    half = {"type": "Polygon", "coordinates": [[[121.4]]]}
    empty = {"type": "Polygon", "coordinates": []}
    rows = [
        ({"code": "310113801", "name": "好街道", "geometry": good}, None, None),
        ({"code": "31011380", "name": "甲"}, "code", "8 位"),
        ({"code": "", "name": "甲"}, "code", "数字"),
        ({"code": "310113801002003", "name": "甲"}, "code", "import-grids"),
        ({"code": "310113999001", "name": "甲"}, "code", "上级 310113999 不存在"),
        ({"code": "310113802", "name": ""}, "name", "名称"),
        ({"code": "310113803", "name": "甲" * 61}, "name", "60"),
        ({"code": "310113801", "name": "又一次"}, "code", "重复"),
        ({"code": "310113804", "name": "甲", "geometry": bow}, "geometry", "无效"),
        ({"code": "310113805", "name": "甲", "geometry": swapped}, "geometry", "写反"),
        ({"code": "310113806", "name": "甲", "geometry": square(116.4, 39.9)}, "geometry", "坐标系"),
        ({"code": "310113807", "name": "甲", "geometry": "POINT (1 2)"}, "geometry", "GeoJSON"),
        ({"code": "310113808", "name": "甲", "geometry": point}, "geometry", "Polygon"),
        ({"code": "310113809", "name": "甲", "geometry": half}, "geometry", "不完整"),
        ({"code": "310113810", "name": "甲", "geometry": empty}, "geometry", ""),
        ({"code": "310113811", "name": "甲", "valid_from": "1.7.2026"}, "valid_from", "日期"),
    ]  # fmt: skip
    report = import_areas(a_csv(tmp_path, [row for row, _, _ in rows]), actor=ALICE, now=NOW)
    assert report.counts()["created"] == 1
    assert report.read == report.created + report.rejected == len(rows)
    told = {reject.line: reject for reject in report.rejects}
    for line, (row, field, word) in enumerate(rows, 2):
        if field is not None and word is not None:
            assert told[line].field == field, row
            assert word in told[line].reason
            assert json.loads(told[line].original)["code"] == row["code"]
    out = io.StringIO(newline="")
    report.write_rejects(out)
    assert out.getvalue().splitlines()[0] == "line,field,reason,original"
    assert len(list(csv.DictReader(io.StringIO(out.getvalue())))) == len(rows) - 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "数据行|列名"),
        (b"name,geometry\nx,y\n", "列名"),
        (b"code,name\n", "数据行"),
        (b'{"type":"FeatureCollection"', "JSON"),
        (b"[1,2]", "FeatureCollection"),
        (b"\xff\xfe\x00\x81\xff", "编码"),
    ],
)
def test_a_file_of_no_known_shape_is_refused_whole(tmp_path, content, word):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=word):
        import_areas(path, actor=ALICE, now=NOW)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid, match="打不开"):
        import_areas(tmp_path / "none.csv", actor=ALICE, now=NOW)


def test_gb18030_and_gcj02_are_understood(tmp_path):
    area = Area.objects.get(code=STREET)
    shape = square(*wgs84_to_gcj02(area.longitude, area.latitude))
    path = a_csv(tmp_path, [{"code": "310113901", "name": "新城街道", "geometry": shape}], encoding="gb18030")
    import_areas(path, actor=ALICE, now=NOW, system="gcj02")
    made = Area.objects.get(code="310113901")
    assert (made.longitude, made.latitude) == pytest.approx((area.longitude, area.latitude), abs=1e-5)


def test_surveyed_grids_take_the_place_of_illustrative_ones(tmp_path):
    shown = Grid.objects.filter(kind=GridKind.UNIT, community__code="310113501201")
    before = shown.count()
    area = Area.objects.get(code="310113501201")
    rows = [{"code": "310113501201001", "geometry": square(area.longitude, area.latitude), "name": "一号"}]
    report = import_grids(a_csv(tmp_path, rows), actor=ALICE, now=NOW)
    assert report.counts()["replaced"] == 1
    assert report.retired == before - 1 > 0
    place = locate(area.longitude, area.latitude)
    assert Grid.objects.get(pk=place.grid_id).name == "一号"
    assert shown.filter(valid_until=None).count() == 1


def test_grouping_grids_by_name_and_by_ground(tmp_path):
    units = list(Grid.objects.filter(kind=GridKind.UNIT, street__code=STREET).order_by("code")[:3])
    area = Area.objects.get(code=STREET)
    rows = [
        {"code": "A-01", "kind": "responsibility", "street_code": STREET,
         "members": ";".join(unit.code for unit in units), "geometry": shape_at(STREET, 0.002)},
        {"code": "A-02", "kind": "comprehensive", "street_code": STREET,
         "geometry": square(area.longitude, area.latitude, 0.01)},
    ]  # fmt: skip
    report = import_grids(a_geojson(tmp_path, rows), actor=ALICE, now=NOW)
    assert report.counts()["created"] == 2, report.rejects
    named, ground = Grid.objects.get(code="A-01"), Grid.objects.get(code="A-02")
    assert set(named.members.values_list("unit_grid_id", flat=True)) == {unit.pk for unit in units}
    assert ground.members.count() > 3
    # A unit grid answers to one responsibility grid at a time.
    assert GridMember.objects.filter(unit_grid=units[0], group__kind=GridKind.RESPONSIBILITY).count() == 1
    assert locate(units[0].longitude, units[0].latitude).responsibility_grid_id == named.pk


def test_bad_grids_are_rejected_with_their_reason(tmp_path):
    good = shape_at(COMMUNITY)
    group = {"kind": "responsibility", "geometry": good}
    unknown = "310113003001999"
    rows = [
        ({"code": "310113003001", "geometry": good}, "code", "15 位"),
        ({"code": "310113003999001", "geometry": good}, "code", "不存在"),
        ({"code": "310113003001901"}, "geometry", "缺少"),
        ({"code": "310113003001902", "kind": "police", "geometry": good}, "kind", "unit"),
        ({**group, "code": "x", "street_code": STREET}, "code", "大写"),
        ({**group, "code": "B-01"}, "street_code", "9 位"),
        ({**group, "code": "B-02", "street_code": "310113999"}, "street_code", "不存在"),
        ({**group, "code": "B-03", "street_code": STREET, "members": unknown}, "members", unknown),
    ]  # fmt: skip
    report = import_grids(a_csv(tmp_path, [row for row, _, _ in rows]), actor=ALICE, now=NOW)
    assert report.rejected == len(rows)
    told = {reject.line: reject for reject in report.rejects}
    for line, (row, field, word) in enumerate(rows, 2):
        assert told[line].field == field, row
        assert word in told[line].reason
    assert not Grid.objects.filter(valid_from=date(2026, 7, 1)).exists()


def test_a_part_must_lie_in_a_surveyed_whole(tmp_path):
    street = a_csv(tmp_path, [{"code": STREET, "name": "友谊路街道", "geometry": shape_at(STREET, 0.004)}])
    assert import_areas(street, actor=ALICE, now=NOW).counts()["replaced"] == 1
    area = Area.objects.get(code=STREET, valid_until=None)
    inside = square(area.longitude, area.latitude, 0.0041)  # some 10 m over the edge
    outside = square(area.longitude, area.latitude, 0.006)
    rows = [
        {"code": "310113003901", "name": "甲居委会", "geometry": inside},
        {"code": "310113003902", "name": "乙居委会", "geometry": outside},
    ]
    report = import_areas(a_csv(tmp_path, rows), actor=ALICE, now=NOW)
    assert (report.created, report.rejected) == (1, 1)
    assert "友谊路街道" in report.rejects[0].reason
    strict = import_areas(
        a_csv(tmp_path, [{"code": "310113003903", "name": "丙居委会", "geometry": inside}]),
        actor=ALICE, now=NOW, tolerance=1.0,
    )  # fmt: skip
    assert strict.rejected == 1

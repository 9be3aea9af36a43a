"""What everybody may see, in which version, and for which other sites."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chengyun.cases.tests.scene import a_case
from chengyun.citizen.actions.settings import clear_case
from chengyun.citizen.models import Clearance, PublicClass
from chengyun.citizen.public_cases import coarse_point, forget_classes
from chengyun.citizen.tests.people import category, read
from chengyun.kernel.clock import now
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]
GEOJSON = "/citizen/api/cases.geojson"
BOX = {"bbox": "121.3,31.2,121.6,31.5", "zoom": "12"}


def shown_case(**said: Any):
    facts = {
        "catalogue_key": category().catalogue_key,
        "appeal_type": "help",
        "title": "王阿姨家门口",
        "description": "我是王阿姨，13812345678",
        "longitude": 121.489211,
        "latitude": 31.405322,
        "registered_at": now() - timedelta(days=1),
    }
    return a_case(**{**facts, **said})


def test_the_list_shows_a_neutral_title_and_nothing_personal(client: Client):
    case = shown_case()
    for address in ("/citizen/cases/", f"/citizen/cases/{case.pk}/", GEOJSON):
        page = read(client.get(address))
        assert "道路设施问题" in page
        for personal in ("王阿姨", "13812345678", case.number, "121.489211", "31.405322"):
            assert personal not in page


@pytest.mark.parametrize(
    "said",
    [
        {"secret": True},
        {"appeal_type": "report"},
        {"catalogue_key": "db44t2479-2024/030608"},
        {"catalogue_key": ""},
        {"state": "void"},
        {"state": "merged"},
        {"rehearsal": True},
        {"registered_at": now() - timedelta(days=91)},
    ],
)
def test_what_is_not_public_is_nowhere(client: Client, said: dict[str, Any]):
    case = shown_case(**said)
    assert client.get(f"/citizen/cases/{case.pk}/").status_code == 404
    assert client.post(f"/citizen/cases/{case.pk}/support/").status_code == 404
    assert client.get(GEOJSON).json()["features"] == []
    assert client.get(GEOJSON, BOX).json()["total"] == 0


def test_the_row_nearest_to_the_leaf_decides(client: Client):
    shown_case()
    row = PublicClass.objects.get(catalogue_key=category().catalogue_key)
    row.public = False
    row.save()
    forget_classes()
    assert client.get(GEOJSON).json()["total"] == 0


def test_positions_are_coarse_at_every_zoom(client: Client):
    shown_case()
    for zoom in (8, 14, 19):
        (one,) = client.get(GEOJSON, {**BOX, "zoom": zoom}).json()["features"]
        lng, lat = one["geometry"]["coordinates"]
        assert (lng, lat) == coarse_point(121.489211, 31.405322, 200)
        assert one["properties"]["cases"][0]["title"] == "道路设施问题"
    # All points of a square are one point.
    assert coarse_point(lng + 0.0005, lat - 0.0005, 200) == (lng, lat)
    assert math.hypot(lng - 121.489211, lat - 31.405322) < 0.002


def test_the_map_is_gathered_by_the_server(client: Client):
    for step in range(30):
        shown_case(longitude=121.40 + step * 0.004)
    far = client.get(GEOJSON, {**BOX, "zoom": "9"}).json()
    near = client.get(GEOJSON, {**BOX, "zoom": "15"}).json()
    assert sum(one["properties"]["count"] for one in far["features"]) == 30
    assert len(far["features"]) < 5 < len(near["features"])


def test_other_sites_may_read_it_page_by_page(client: Client):
    for _one in range(25):
        shown_case()
    first = client.get(GEOJSON)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Content-Type"] == "application/geo+json"
    assert (len(first.json()["features"]), first.json()["total"], first.json()["next_page"]) == (20, 25, 2)
    assert len(client.get(GEOJSON, {"page": "2"}).json()["features"]) == 5


@pytest.mark.parametrize("bbox", ["", "1,2,3", "a,b,c,d", "3,1,1,3", "nan,1,2,3", "1,1,999,2"])
def test_a_box_that_is_none_is_refused_in_words(client: Client, bbox: str):
    answer = client.get(GEOJSON, {"bbox": bbox, "zoom": "12"})
    assert answer.status_code == 422
    assert "bbox" in answer.json()["fields"]


@pytest.mark.parametrize("query", ["class=x&state=x&page=x", "class=99999999999999&page=-1", "state=closed"])
def test_a_filter_that_is_none_is_no_filter(client: Client, query: str):
    assert client.get(f"/citizen/cases/?{query}").status_code == 200


def test_an_editor_lets_words_through_and_holds_a_case_back(client: Client):
    case = shown_case()
    leader = people.person("lena", Post.SHIFT_LEADER).actor
    said = {"reason": "媒体关注", "actor": leader, "now": now()}
    clear_case(case.number, title="友谊路路灯不亮", body="约五盏。", **said)
    page = read(client.get(f"/citizen/cases/{case.pk}/"))
    assert "友谊路路灯不亮" in page
    assert "约五盏。" in page
    clear_case(case.number, withheld=True, **said)
    assert client.get(f"/citizen/cases/{case.pk}/").status_code == 404
    clear_case(case.number, **said)
    assert "道路设施问题" in read(client.get(f"/citizen/cases/{case.pk}/"))
    assert Clearance.objects.count() == 3


def test_an_editor_cannot_publish_a_telephone_or_a_secret(client: Client):
    leader = people.person("lena", Post.SHIFT_LEADER).actor
    said = {"reason": "测试", "actor": leader, "now": now()}
    with pytest.raises(Invalid, match="电话或证件"):
        clear_case(shown_case().number, body="请打 13812345678", **said)
    with pytest.raises(Invalid, match="保密"):
        clear_case(shown_case(secret=True).number, **said)
    with pytest.raises(Invalid, match="没有这个编号"):
        clear_case("RX0", **said)
    with pytest.raises(NotAllowed):
        clear_case(shown_case().number, reason="x", actor=people.person("ivan", Post.UNIT).actor, now=now())


def test_the_large_version_is_remembered_and_needs_no_script(client: Client):
    assert 'class="elder"' not in read(client.get("/citizen/"))
    answer = client.get("/citizen/version/large/", {"next": "/citizen/report/"})
    assert answer.headers["Location"] == "/citizen/report/"
    assert 'class="elder"' in read(client.get("/citizen/find/"))
    client.get("/citizen/version/plain/")
    assert 'class="elder"' not in read(client.get("/citizen/"))


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/cases/", "javascript:x"])
def test_the_way_back_leads_nowhere_else(client: Client, elsewhere: str):
    assert client.get("/citizen/version/large/", {"next": elsewhere}).headers["Location"] == "/citizen/"


def test_it_can_be_installed(client: Client):
    said = json.loads(read(client.get("/citizen/manifest.webmanifest")))
    assert (said["scope"], said["display"]) == ("/citizen/", "standalone")
    worker = client.get("/citizen/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    kept = read(worker).split("const OFFLINE")[0]
    assert "/citizen/report/" in kept
    assert "/citizen/mine" not in kept


def test_maps_and_names_are_open_without_grids(client: Client):
    assert client.get("/citizen/layers/outline.json").status_code == 200
    assert client.get("/citizen/layers/streets.json").status_code == 200
    assert client.get("/citizen/suggest.json", {"q": "友谊"}).json() == {"suggestions": []}
    assert client.get("/citizen/locate.json", {"lng": "1", "lat": "2"}).json()["inside"] is False
    assert client.get("/citizen/locate.json", {"lng": "x", "lat": "2"}).status_code == 422

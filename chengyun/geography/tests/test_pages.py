"""Pages and what the map asks for. Requests reach the views as the middleware would hand them on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from chengyun.geography import freshness
from chengyun.geography.layers import map_layers
from chengyun.geography.models import Area, AreaKind
from chengyun.geography.tests.conftest import NOW
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere

pytestmark = pytest.mark.usefixtures("baoshan")

BOB = Actor(person_id=None, name="鲍勃")


def ask(address: str, actor: Actor | None = BOB, **headers: str) -> Any:
    path, _, _query = address.partition("?")
    request: Any = RequestFactory().get(address, headers=headers)
    request.actor, request.now, request.user, request.htmx = actor, NOW, AnonymousUser(), False
    request._messages = []
    found = resolve(path)
    request.resolver_match = found
    return found.func(request, *found.args, **found.kwargs)


def told(address: str) -> Any:
    return json.loads(ask(address).content)


@pytest.mark.parametrize(
    "address", ["/geography/", "/geography/areas/310113102/", "/geography/layers/outline.json"]
)
def test_strangers_are_turned_away(address):
    with pytest.raises(NotAllowed):
        ask(address, actor=None)


def test_the_first_page_lists_streets_with_counts():
    page = ask("/geography/").content.decode()
    assert all(street in page for street in ("罗泾镇", "宝山工业园区", "data-map", "示意", "567"))
    assert "style=" not in page


def test_the_search_finds_by_alias_street_and_code():
    assert "宝钢一村居委会" in ask("/geography/?q=宝钢一村").content.decode()
    assert "宝钢一村居委会" in ask("/geography/?q=310113003001").content.decode()
    both = ask("/geography/?q=新桥&street=310113008").content.decode()
    assert "310113008002" in both
    assert "310113101" not in both.partition("<tbody>")[2]
    assert "没有找到居村" in ask("/geography/?q=没有这里").content.decode()


@pytest.mark.parametrize("code", ["310113", "310113102", "310113102001"])
@pytest.mark.parametrize("kind", ["unit", "responsibility", "nonsense"])
def test_every_level_has_a_page(code, kind):
    page = ask(f"/geography/areas/{code}/?kind={kind}").content.decode()
    assert Area.objects.get(code=code).name in page


def test_an_unknown_area_is_not_there():
    with pytest.raises(NotThere, match="310113999"):
        ask("/geography/areas/310113999/")


def test_layers_are_feature_collections():
    assert {name: len(layer["features"]) for name, layer in map_layers().items()} == {
        "outline": 1,
        "streets": 13,
    }
    grids = told("/geography/layers/grids.json?street=310113102")
    assert grids["type"] == "FeatureCollection"
    assert len(grids["features"]) > 50
    first = grids["features"][0]
    assert first["properties"]["code"].startswith("310113102")
    assert first["properties"]["illustrative"] is True
    assert "示意" in first["properties"]["name"]
    assert first["geometry"]["type"] == "Polygon"
    assert len(told("/geography/layers/communities.json?street=310113102")["features"]) == 89
    assert len(told("/geography/layers/grids.json?street=310113102&kind=responsibility")["features"]) > 20


def test_layers_are_small():
    sizes = {name: len(json.dumps(layer)) for name, layer in map_layers().items()}
    assert sizes["outline"] < 3_000
    assert sizes["streets"] < 25_000


@pytest.mark.parametrize(
    ("query", "field"), [("street=310113999", "street"), ("street=310113102&kind=x", "kind")]
)
def test_a_layer_of_nothing_known_is_refused(query, field):
    with pytest.raises(Invalid) as refused:
        ask(f"/geography/layers/grids.json?{query}")
    assert field in refused.value.fields


def test_a_layer_is_not_sent_twice():
    first = ask("/geography/layers/streets.json")
    assert "private" in first["Cache-Control"]
    tag = first["ETag"]
    assert ask("/geography/layers/streets.json", **{"If-None-Match": tag}).status_code == 304
    assert ask("/geography/layers/outline.json", **{"If-None-Match": tag}).status_code == 200
    Area.objects.filter(kind=AreaKind.STREET, code="310113102").update(name="新名镇")
    freshness.changed()
    again = ask("/geography/layers/streets.json", **{"If-None-Match": tag})
    assert again.status_code == 200
    assert "新名镇" in again.content.decode()


def test_tiles_are_offered_only_if_set(settings):
    assert map_layers()["outline"]["tiles"] is None
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert map_layers()["outline"]["tiles"]["url"].startswith("https://tiles.example")


def test_the_map_learns_where_a_point_lies():
    area = Area.objects.select_related("parent").get(code="310113102001")
    said = told(f"/geography/locate.json?lng={area.longitude}&lat={area.latitude}")
    assert said["inside"] is True
    assert said["illustrative"] is True
    assert said["street"]["name"] == "大场镇"
    assert said["community"]["id"] == area.pk
    assert said["grid"]["code"].startswith("310113102001")
    assert said["label"].startswith(f"大场镇 · {area.name} · ")
    outside = told("/geography/locate.json?lng=116.4&lat=39.9")
    assert (outside["inside"], outside["street"], outside["label"]) == (False, None, "")


@pytest.mark.parametrize(
    "query", ["", "lng=a&lat=b", "lng=31.4&lat=121.4", "lng=nan&lat=1", "lng=121&lat=31&system=mars"]
)
def test_a_bad_point_is_refused_by_name(query):
    with pytest.raises(Invalid) as refused:
        ask(f"/geography/locate.json?{query}")
    assert set(refused.value.fields) <= {"lng", "lat", "system"}


def test_the_address_box_is_served():
    assert told("/geography/suggest.json?q=宝钢一")["suggestions"][0]["label"] == "友谊路街道 宝钢一村居委会"
    assert told("/geography/match.json?address=大场镇大华二村四居委")["matches"][0]["street"] == "大场镇"

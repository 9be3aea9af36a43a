"""The map in a real browser: drawn from our own layers, choosing a place by mouse and by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.template import engines

from chengyun.geography.actions import load_reference
from chengyun.geography.models import Area
from chengyun.kernel import clock
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

pytestmark = pytest.mark.one_database  # it is the drawing that is tried
FORM = """
{% from "geography/_map.html" import map, map_head, map_scripts %}
<!doctype html><html lang="zh-CN"><head><title>选点</title>{{ map_head() }}</head><body><form>
<label>经度<input name="longitude"></label><label>纬度<input name="latitude"></label>
<input type="hidden" name="grid">
{{ map(pick=true, grid_input="grid") }}</form>{{ map_scripts() }}</body></html>
"""


@pytest.fixture
def at_work(page: Any, client: Any, transactional_db: None, live_server: Any) -> Any:
    """A page of somebody logged in, with the reference district loaded."""
    load_reference(now=clock.now())
    enter(client, person("alice", Post.INTAKE))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert all(url.startswith((live_server.url, "data:")) for url in asked), "the map needs no internet"


def test_the_district_is_drawn_and_leads_to_its_streets(at_work, live_server, axe_violations):
    at_work.goto(f"{live_server.url}/geography/")
    at_work.wait_for_selector("path.map-street >> nth=12")
    assert at_work.locator("path.map-street.map-illustrative").count() == 13
    assert "示意" in at_work.inner_text(".map-box")
    assert axe_violations(at_work) == []
    at_work.locator(".map-name", has_text="顾村镇").wait_for()
    at_work.locator("path.map-street").first.dispatch_event("click")
    at_work.wait_for_url(re.compile("/geography/areas/310113003/"))
    at_work.wait_for_selector("path.map-grid >> nth=10")
    assert axe_violations(at_work) == []


def test_a_place_is_chosen_by_mouse_and_by_keyboard(at_work, live_server):
    html = engines["jinja2"].from_string(FORM).render()
    address = f"{live_server.url}/choose-a-place"
    at_work.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    at_work.goto(address)
    at_work.wait_for_selector("path.map-street >> nth=12")
    at_work.locator("[data-map]").click(position={"x": 650, "y": 180})
    at_work.wait_for_function("document.querySelector('[name=grid]').value !== ''")
    assert float(at_work.input_value("[name=longitude]")) == pytest.approx(121.4, abs=0.3)
    assert "示意" in at_work.inner_text("[data-map-label]")
    first = at_work.input_value("[name=grid]")

    area = Area.objects.get(code="310113102001")
    at_work.fill("[name=longitude]", str(area.longitude))
    at_work.fill("[name=latitude]", str(area.latitude))
    at_work.keyboard.press("Tab")
    at_work.wait_for_function("first => document.querySelector('[name=grid]').value !== first", arg=first)
    at_work.wait_for_function(
        "name => document.querySelector('[data-map-label]').textContent.includes(name)", arg=area.name
    )
    at_work.wait_for_selector("path.map-grid.map-here")

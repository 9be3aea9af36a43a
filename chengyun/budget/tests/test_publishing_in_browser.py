"""The clerk publishes a budget and a correction; everybody reads them, on a desk and on a telephone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.budget.models import Publication
from chengyun.budget.publishing.term import load_term
from chengyun.budget.tests.test_publishing import budget, clerk, more_for_offices  # noqa: F401
from chengyun.kernel.clock import now
from chengyun.organisation.tests.people import enter

DESK = 1440

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def desk(page, live_server, budget, clerk):  # noqa: F811
    load_term(now=now())
    client = enter(Client(), clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.at = lambda name, *args: page.goto(live_server.url + reverse(f"budget:{name}", args=args))
    page.budget = budget
    return page


def publish(desk, reason: str = "", note: str = "") -> Publication:
    desk.at("publications")
    desk.get_by_role("link", name="发布更正" if note else "生成发布件").click()
    if note:
        desk.fill("#id_correction_note", note)
    desk.locator("form.form button, form button[name=verb], main form button").first.click()
    desk.get_by_text("核对通过").wait_for()
    desk.get_by_role("link", name="公开", exact=True).click()
    if reason:
        desk.fill("#id_late_reason", reason)
    desk.locator("main form button").first.click()
    desk.get_by_text("已公开。").wait_for()
    return Publication.objects.filter(state="released").order_by("-number")[0]


def test_publish_and_correct(desk, axe_violations, browser):
    first = publish(desk, reason="系统上线前批复")
    more_for_offices(desk.budget)
    second = publish(desk, note="办公费按批复调整")
    assert (first.number, second.number) == (1, 2)
    own = ("publication", "publication-preview", "open-budget", "open-difference")
    places = [("publications",), ("open-budgets",), *((name, second.pk) for name in own)]
    for width in (DESK, 360):
        desk.set_viewport_size({"width": width, "height": 800})
        for place in places:
            desk.at(*place)
            if width == DESK:  # on a telephone they have the same parts
                assert axe_violations(desk) == [], place
            wide = desk.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{place} is {wide} px wide on {width}"

"""上报问题 on a telephone: one column, large targets, the telephone's own place."""

from __future__ import annotations

import pytest
from django.test import Client

from chengyun.cases.catalogue_actions import load_reference
from chengyun.cases.models import Case
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST = 48  # CSS pixels that a thumb needs


@pytest.fixture
def telephone(page, live_server):
    load_reference(now=now())
    client = people.enter(Client(), people.person("ivan", Post.INSPECTOR))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 121.4892, "latitude": 31.4053, "accuracy": 18})
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/patrol/report/")
    return page


def test_a_finding_from_where_one_stands(telephone):
    telephone.click("[data-place-now]")
    telephone.wait_for_function("document.querySelector('[name=longitude]').value !== ''")
    telephone.type("#id_catalogue_text", "暴露垃圾")
    telephone.wait_for_selector("[role=option]")
    telephone.keyboard.press("Enter")
    telephone.wait_for_timeout(300)
    if telephone.query_selector("#conditions [type=radio]"):
        telephone.check("#conditions [type=radio] >> nth=0")
    telephone.fill("#id_description", "三袋生活垃圾。")
    with telephone.expect_navigation():
        telephone.click("[name=then][value=case]")
    case = Case.objects.get()
    assert (case.longitude, case.latitude, case.accuracy) == (121.4892, 31.4053, 18)


def test_nothing_is_wider_than_the_telephone_and_targets_are_large(telephone):
    assert telephone.evaluate("document.documentElement.scrollWidth") == 360
    small = telephone.evaluate(
        """least => [...document.querySelectorAll('.finding .btn, .finding .form-control, .finding .switch')]
            .filter(one => one.offsetParent && !one.matches('[type=file]') && one.getBoundingClientRect().height < least)
            .map(one => one.outerHTML.slice(0, 80))""",
        SMALLEST,
    )
    assert small == []


def test_handled_on_the_spot_asks_for_the_second_photo(telephone):
    assert not telephone.is_visible("[data-name=after]")
    telephone.check("[name=self_handled]")
    assert telephone.is_visible("[data-name=after]")


@pytest.mark.one_database
def test_nobody_is_shut_out(telephone, axe_violations):
    assert axe_violations(telephone) == []

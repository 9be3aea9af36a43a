"""The case page in a real browser: keys, forms that come and go, a move by somebody else, a narrow screen."""

import pytest
from django.urls import reverse

from chengyun.organisation.posts import Post
from chengyun.workbench.tests.pages import Staff, order, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def people(transactional_db) -> Staff:
    return staff()


def enter(page, live_server, clerk, number: str) -> None:
    """Open the page of the case as this clerk."""
    cookie = clerk.client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + reverse("workbench:case", args=[number]))


def test_an_order_is_dispatched_by_keyboard_alone(page, live_server, people):
    number = order(people[Post.INTAKE])["number"]
    enter(page, live_server, people[Post.DISPATCHER], number)
    page.keyboard.press("a")
    page.wait_for_selector("#verb-unit")
    page.focus("#verb-unit")
    page.keyboard.type("绿化局")
    page.select_option("#verb-unit", label="绿化局")
    page.focus("#verb-form .verb-foot button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=现在是“待签收”")


def test_escape_closes_the_form_and_a_dangerous_verb_asks(page, live_server, people):
    number = order(people[Post.INTAKE])["number"]
    enter(page, live_server, people[Post.SHIFT_LEADER], number)
    page.click("a[href$='/do/void/']")
    page.fill("#verb-reason", "重复登记")
    page.click("#verb-form .btn-danger")
    page.wait_for_selector("dialog[open]")
    page.click("dialog[open] [value=no]")
    page.wait_for_selector("dialog:not([open])", state="attached")
    page.focus("#verb-reason")
    page.keyboard.press("Escape")
    page.wait_for_selector("#verb-form section", state="detached")
    page.wait_for_selector("a[href$='/do/void/']:focus")


def test_the_second_clerk_sees_the_reason_and_the_new_head(page, live_server, people):
    number = order(people[Post.INTAKE])["number"]
    enter(page, live_server, people[Post.SHIFT_LEADER], number)
    page.click("a[href$='/do/correct/']")
    page.fill("#verb-reason", "写了很多字")
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    page.click("#verb-form .verb-foot button")
    page.wait_for_selector("#verb-form >> text=已于")
    page.wait_for_selector(".case-head >> text=待签收")
    assert page.input_value("#verb-reason") == "写了很多字"
    assert page.inner_text("#toasts") == ""


def test_on_a_narrow_screen_nothing_sticks_out(page, live_server, people):
    number = order(people[Post.INTAKE], longitude=121.48, latitude=31.4)["number"]
    page.set_viewport_size({"width": 360, "height": 780})
    enter(page, live_server, people[Post.DISPATCHER], number)
    page.wait_for_selector("text=可办事项")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_everybody_can_use_the_page(page, live_server, people, axe_violations):
    number = order(people[Post.INTAKE], longitude=121.48, latitude=31.4)["number"]
    enter(page, live_server, people[Post.DISPATCHER], number)
    assert axe_violations(page) == []
    page.goto(live_server.url + reverse("workbench:case-verb", args=[number, "dispatch"]))
    assert axe_violations(page) == []

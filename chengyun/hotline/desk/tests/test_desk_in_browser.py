"""The desk in a browser: an order by keyboard alone, drafts that outlive tab and browser, the decision table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from chengyun.cases.catalogue_actions import load_reference as load_classes
from chengyun.cases.models import Case
from chengyun.geography.actions.load_reference import load_reference as load_areas
from chengyun.hotline.desk.actions import take_event
from chengyun.hotline.desk.actions.calls import Told
from chengyun.hotline.desk.loading import load_reference
from chengyun.hotline.models import Call, CallBack, DecisionUse, OrderDraft
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


def ring(number: str = "13812345678", call_id: str = "c-1", event: str = "ringing") -> Call:
    return take_event(Told(call_id, event, now(), number=number), actor=SYSTEM, now=now())[0]


def log_in(page: Page, address: str, client: Client) -> Page:
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": address}])
    return page


@pytest.fixture
def alice(transactional_db: None) -> Client:
    load_classes(now=now())
    load_areas(now=now())
    load_reference(now=now())
    return people.enter(Client(), people.person("alice", Post.INTAKE))


@pytest.fixture
def desk(page: Page, live_server: Any, alice: Client) -> Page:
    log_in(page, live_server.url, alice).goto(f"{live_server.url}/hotline/register/")
    page.wait_for_load_state("networkidle")
    return page


def test_from_the_call_to_the_number_by_keyboard_alone(desk: Page, live_server: Any):
    """No mouse. The keys are counted: they are the measure of how quickly an order can be taken."""
    presses = 0

    def press(*keys: str) -> None:
        nonlocal presses
        for key in keys:
            desk.keyboard.press(key)
            presses += 1

    ring()
    desk.locator(".live-call", has_text="138****5678").wait_for()
    with desk.expect_navigation():
        press("Alt+o")
    desk.wait_for_load_state("networkidle")
    assert desk.evaluate("document.activeElement.name") == "phone"
    assert desk.input_value("#id_phone") == "13812345678"
    press("Tab")
    desk.keyboard.type("王女士")
    press("Alt+l", "ArrowRight", "Alt+i")
    desk.keyboard.type("楼道灯不亮")
    press("Tab")
    desk.keyboard.type("三号楼道灯坏了一周，要求修复。")
    press("Alt+w")
    desk.keyboard.type("友谊路街道友谊路1600弄3号")
    press("Alt+c")
    desk.keyboard.type("噪声")
    desk.wait_for_selector("[role=option]")
    press("ArrowDown", "Enter")
    with desk.expect_navigation():
        press("Control+Enter")
    case = Case.objects.get()
    assert (case.title, case.appeal_type, case.street.name) == ("楼道灯不亮", "help", "友谊路街道")
    assert case.contact.phone == "13812345678"
    assert case.catalogue_key
    assert Call.objects.get().case == case
    assert case.number in desk.content()
    assert presses <= 12, "beside the words themselves"


def test_a_draft_outlives_the_tab_and_goes_on_in_another_browser(
    desk: Page, browser: Any, live_server: Any, alice: Client
):
    desk.fill("#id_title", "没写完的一件事")
    desk.fill("#id_who", "一位老人")
    expect(desk.locator("[data-draft-said]")).to_contain_text("草稿已存到服务器")
    draft = OrderDraft.objects.get()
    desk.close()
    other = log_in(browser.new_context(locale="zh-CN").new_page(), live_server.url, alice)
    other.goto(f"{live_server.url}/hotline/register/")
    other.locator(".desk-drafts summary").click()
    other.get_by_role("link", name="没写完的一件事").click()
    expect(other.locator("#id_who")).to_have_value("一位老人")
    assert other.input_value("form[data-desk] [name=client_id]") == str(draft.client_id)
    other.check("[name=appeal_type][value=help]")
    other.fill("#id_phone", "13812345678")
    other.fill("#id_description", "三楼")
    with other.expect_navigation():
        other.keyboard.press("Control+Enter")
    assert Case.objects.get().title == "没写完的一件事"
    assert not OrderDraft.objects.exists()
    other.context.close()


def test_a_reloaded_form_is_one_draft_and_one_order(desk: Page, live_server: Any):
    desk.fill("#id_title", "没写完的一件事")
    expect(desk.locator("[data-draft-said]")).to_contain_text("草稿已存到服务器")
    desk.reload()
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("#id_title")).to_have_value("没写完的一件事")
    desk.fill("#id_description", "第二句")
    expect(desk.locator("[data-draft-said]")).to_contain_text("草稿已存到服务器")
    assert OrderDraft.objects.count() == 1


def test_a_lost_connection_loses_nothing_and_doubles_nothing(desk: Page, live_server: Any):
    desk.fill("#id_phone", "13812345678")
    desk.check("[name=appeal_type][value=help]")
    desk.context.set_offline(True)
    desk.fill("#id_title", "断网时写的")
    desk.fill("#id_description", "三楼")
    expect(desk.locator("[data-draft-said]")).to_contain_text("连不上服务器")
    desk.context.set_offline(False)
    expect(desk.locator("[data-draft-said]")).to_contain_text("草稿已存到服务器")
    assert OrderDraft.objects.get().title == "断网时写的"
    with desk.expect_navigation():
        desk.locator("[data-send]").first.dblclick()
    assert Case.objects.get().title == "断网时写的"


def test_an_emergency_is_recognised_and_handed_over(desk: Page, live_server: Any):
    desk.fill("#id_phone", "13812345678")
    desk.check("[name=appeal_type][value=help]")
    desk.fill("#id_title", "楼里燃气泄漏")
    desk.fill("#id_description", "有人昏迷")
    desk.get_by_role("button", name="适用这一条").click()
    desk.select_option("#id_emergency_line", "119")
    desk.fill("#id_told", "三方通话转接，119 已接警。")
    assert not desk.is_visible("#id_decision_route")
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    case = Case.objects.get()
    assert (case.state, DecisionUse.objects.get().route) == ("closed", "119")
    assert "适用判定" in desk.content()


def test_an_address_without_a_street_is_asked_about(desk: Page, live_server: Any):
    desk.fill("#id_address", "友谊路1600弄3号")
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name="就是 友谊路街道").click()
    assert "已按 友谊路街道 归属" in desk.inner_text("[data-area-choices]")
    assert desk.input_value("[name=area]")


def test_the_map_fills_street_community_and_grid(desk: Page, live_server: Any):
    desk.locator("summary", has_text="直接填写经纬度").click()
    desk.fill("#id_longitude", "121.4892")
    desk.fill("#id_latitude", "31.4053")
    desk.keyboard.press("Tab")
    expect(desk.locator("[data-placed]")).to_be_visible()
    assert desk.inner_text("[data-placed-street]").strip()


def test_a_lost_call_is_called_back(desk: Page, live_server: Any):
    ring(event="missed")
    desk.goto(f"{live_server.url}/hotline/calls/")
    desk.wait_for_load_state("networkidle")
    desk.get_by_role("button", name="显示号码").click()
    desk.get_by_role("link", name="13812345678").wait_for()
    desk.get_by_role("button", name="已联系上，登记").click()
    desk.wait_for_url("**/hotline/register/?call=*")
    assert desk.input_value("#id_phone") == "13812345678"
    assert CallBack.objects.get().state == "reached"


def test_nobody_is_shut_out(desk: Page, live_server: Any, axe_violations: Any):
    ring()
    ring("02156100000", "c-2", "missed")
    pages = (
        "register",
        "calls",
        "caller-flags",
        "decision-table",
        "dispatch-catalogue",
        "class-words",
        "wechat",
    )
    for path in pages:
        desk.set_viewport_size({"width": 360, "height": 900})
        desk.goto(f"{live_server.url}/hotline/{path}/")
        desk.wait_for_load_state("networkidle")
        if path == "register":
            desk.locator(".desk-decision summary").click()
        assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        desk.set_viewport_size({"width": 1440, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert axe_violations(desk) == [], path

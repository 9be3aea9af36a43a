"""The public's pages in a real browser: with and without script, in both versions, without network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chengyun.cases.actions import move
from chengyun.cases.models import Case
from chengyun.cases.tests.cast import Cast
from chengyun.cases.tests.files import photo
from chengyun.cases.tests.scene import a_case
from chengyun.citizen.models import Supporter
from chengyun.citizen.tests.people import answered, category
from chengyun.hotline.models import Rating
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.usefixtures("rows"),
]
FILE = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo((400, 300))}
HERE = {"longitude": 121.4892, "latitude": 31.4053}
PUBLIC = ("", "report/", "find/", "cases/", "about/", "offline/", "mine/nothing/")


@pytest.fixture
def phone(page, live_server):
    """A telephone that stands at the place of the problem."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({**HERE, "accuracy": 15})
    page.set_viewport_size({"width": 360, "height": 740})
    page.home = f"{live_server.url}/citizen/"
    return page


@pytest.fixture
def plain(browser, live_server):
    """The same without script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    opened.home = f"{live_server.url}/citizen/"
    yield opened
    context.close()


def fill_in(page: Any, description: str = "路灯不亮", address: str = "友谊路牡丹江路口") -> None:
    """The least that a report needs."""
    page.check(f"[name=category][value='{category().pk}']", force=True)
    page.fill("#id_description", description)
    if address:
        page.fill("#id_address", address)
    page.fill("#id_answer", answered(page.content())["answer"])


def until(page: Any, said: str) -> None:
    """Wait until an expression holds. Playwright's own waiting evaluates text, which the policy forbids."""
    for _look in range(200):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {said}")


def public_case(**said: Any) -> Case:
    facts = {"catalogue_key": category().catalogue_key, "appeal_type": "help", **HERE}
    return a_case(**{**facts, "registered_at": now() - timedelta(hours=3), **said})


def test_a_report_without_script(plain):
    plain.goto(plain.home)
    plain.click("a.door-main")
    assert not plain.is_visible("[data-place-now]")
    fill_in(plain, description="")
    plain.set_input_files("#id_photos", FILE)
    plain.click("[data-submit]")
    assert "请写几句" in plain.inner_text("main")
    assert plain.is_visible(".photos img")
    plain.fill("#id_description", "路灯不亮，很黑。")
    plain.click("[data-submit]")
    case = Case.objects.get()
    assert case.number in plain.inner_text("main")
    assert case.attachments.count() == 1
    plain.click("text=看进度")
    assert "正在确定由哪个单位办理" in plain.inner_text("main")


def test_a_report_from_where_one_stands(phone):
    phone.goto(f"{phone.home}report/")
    phone.click("[data-place-now]")
    until(phone, "document.querySelector('[name=longitude]').value !== ''")
    phone.set_input_files("#id_photos", [FILE, FILE])
    phone.wait_for_selector("[data-photo-list] img")
    phone.locator("[data-photo-list] button").first.click()
    fill_in(phone, address="")
    phone.click("[data-submit]")
    phone.wait_for_url("**/done/")
    case = Case.objects.get()
    assert (case.longitude, case.latitude, case.accuracy) == (121.4892, 31.4053, 15)
    assert case.attachments.count() == 1
    assert case.number in phone.inner_text("main")


def test_wrong_fields_come_back_with_all_that_was_typed(phone):
    phone.goto(f"{phone.home}report/")
    fill_in(phone, address="")
    phone.click("[data-submit]")
    phone.wait_for_selector("#address_wrong")
    assert phone.input_value("#id_description") == "路灯不亮"
    phone.fill("#id_address", "友谊路 1 号")
    phone.locator("[data-submit]").dblclick()
    phone.wait_for_url("**/done/")
    assert Case.objects.count() == 1


def test_a_place_on_the_map(phone):
    phone.goto(f"{phone.home}report/")
    phone.click("[data-map-fold] summary")
    phone.wait_for_selector(".map.leaflet-container")
    phone.wait_for_load_state("networkidle")
    phone.locator(".map").scroll_into_view_if_needed()
    phone.click(".map", position={"x": 120, "y": 150})
    until(phone, "document.querySelector('[name=latitude]').value !== ''")


def test_the_same_problem_nearby_is_joined_instead(phone):
    case = public_case()
    phone.goto(f"{phone.home}report/")
    phone.check(f"[name=category][value='{category().pk}']", force=True)
    phone.click("[data-place-now]")
    phone.wait_for_selector("#near .card")
    phone.click("#near button")
    phone.wait_for_url(f"**/cases/{case.pk}/")
    assert "1 人也遇到" in phone.inner_text("main")
    assert Supporter.objects.count() == 1
    assert Case.objects.count() == 1


def test_without_network_the_report_is_kept_and_sent_once(phone):
    phone.goto(f"{phone.home}report/")
    until(phone, "navigator.serviceWorker.controller !== null")
    phone.set_input_files("#id_photos", FILE)
    fill_in(phone, description="没有网络时写的")
    phone.context.set_offline(True)
    phone.click("[data-submit]")
    phone.get_by_text("已保存在这台手机里").wait_for()
    phone.reload()
    phone.get_by_text("已经替您填好").wait_for()
    phone.goto(f"{phone.home}cases/")
    phone.get_by_role("heading", name="现在没有网络").wait_for()
    phone.context.set_offline(False)
    phone.goto(phone.home)
    phone.get_by_text("没有发出的上报").wait_for()
    phone.click("text=打开并发送")
    phone.get_by_text("已经替您填好").wait_for()
    assert phone.input_value("#id_description") == "没有网络时写的"
    phone.wait_for_selector("[data-photo-list] img")
    phone.fill("#id_answer", answered(phone.content())["answer"])
    phone.click("[data-submit]")
    phone.wait_for_url("**/done/")
    assert Case.objects.get().attachments.count() == 1
    phone.goto(phone.home)
    phone.wait_for_load_state("networkidle")
    assert not phone.is_visible("text=没有发出的上报")


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(phone):
    phone.goto(f"{phone.home}report/")
    fill_in(phone)

    def lose(route):
        route.fetch(max_redirects=0)
        route.abort()

    phone.route("**/citizen/report/", lose, times=1)
    phone.click("[data-submit]")
    phone.get_by_text("已保存在这台手机里").wait_for()
    assert Case.objects.count() == 1
    phone.click("[data-submit]")
    phone.wait_for_url("**/done/")
    assert Case.objects.count() == 1


def test_an_order_is_followed_and_rated(phone):
    play = Cast()
    phone.goto(f"{phone.home}report/")
    fill_in(phone)
    phone.click("[data-submit]")
    phone.wait_for_url("**/done/")
    play.case_id, play.now = Case.objects.get().pk, now()
    play.to_in_hand()
    play.answer()
    play.go("pass_audit", play.leader)
    phone.click("text=看进度")
    phone.get_by_text("已修剪").wait_for()
    phone.check("[name=outcome][value=solved]", force=True)
    phone.check("[name=satisfaction][value=very_satisfied]", force=True)
    phone.click("text=提交评价")
    phone.get_by_text("谢谢您的评价").wait_for()
    assert Rating.objects.get().way == "web"


def test_the_public_map_gathers_and_names(phone):
    case = public_case()
    phone.set_viewport_size({"width": 1440, "height": 900})
    phone.goto(f"{phone.home}cases/")
    phone.click(".map-cluster")
    phone.click(f".map-list a[href='/citizen/cases/{case.pk}/']")
    phone.get_by_role("heading", level=1, name="道路设施问题").wait_for()


def every_page(page) -> list[str]:
    """Public pages, one order among them, private and public."""
    case = public_case()
    page.goto(f"{page.home}report/")
    fill_in(page, address="丹江路 3 号")
    page.click("[data-submit]")
    page.wait_for_url("**/done/")
    done = page.url
    move(case.pk, "note", actor=SYSTEM, seen=case.version, now=now(), said={"note": "x"})
    addresses = [page.home + one for one in PUBLIC]
    return [*addresses, done, done.removesuffix("done/"), f"{page.home}cases/{case.pk}/"]


@pytest.mark.parametrize("version", ["plain", "large"])
def test_nobody_is_shut_out(phone, axe_violations, version: str):
    addresses = every_page(phone)
    phone.goto(f"{phone.home}version/{version}/")
    for address in addresses:
        for width in (1440, 360):
            phone.set_viewport_size({"width": width, "height": 900})
            phone.goto(address)
            assert phone.evaluate("document.documentElement.scrollWidth") == width, address
            assert too_small(phone, version) == [], address
        assert axe_violations(phone) == [], address


def too_small(page, version: str) -> list[str]:
    """Targets and texts beneath what the version promises: 60 px and 18 px, or 44 px and 14 px."""
    target, text = (60, 18) if version == "large" else (44, 14)
    return page.evaluate(
        """([target, text]) => {
            const hidden = '.away, .trap, .skip, .leaflet-container';
            const seen = (one) => one.offsetParent !== null && !one.closest(hidden);
            const boxes = 'input:not([type=hidden], [type=checkbox], [type=radio])';
            const targets = `a.button, button, select, textarea, ${boxes}, .tick, .pick span, .kind-face, summary`;
            const low = [...document.querySelectorAll(`${targets}, .ways a, .bar a`)]
                .filter((one) => seen(one) && one.getBoundingClientRect().height < target - 0.5);
            const written = (one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
            const small = (one) => {
                const { fontSize, lineHeight } = getComputedStyle(one);
                return parseFloat(fontSize) < text || parseFloat(lineHeight) / parseFloat(fontSize) < 1.3;
            };
            const fine = [...document.querySelectorAll('body *')].filter((one) => seen(one) && written(one) && small(one));
            return [...low, ...fine].map((one) => one.outerHTML.slice(0, 90));
        }""",
        [target, text],
    )

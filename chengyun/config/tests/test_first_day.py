"""What docs/first-day.md tells a newcomer to do, done in a real browser by clicking and typing only.

The order through six posts is played in test_one_order.py, with what goes on around it.
"""

from __future__ import annotations

from typing import Any

import pytest

from chengyun.cases.audit import verify
from chengyun.cases.models import Case
from chengyun.config.tests.desks import Desk, Office

ORDER = "友谊路 1600 弄 3 号楼道灯不亮"
FINDING = "友谊路近牡丹江路口雨水井盖破损"


def register(intake: Desk) -> None:
    """Step 1: 受理员 takes the call."""
    intake.go("登记工单")
    fill_order(intake)


def fill_order(intake: Desk) -> None:
    """Fill in the page 登记工单 and send it."""
    intake.fill("联系电话", "13900001234")
    intake.fill("来电人", "王女士")
    intake.tick("诉求类型", "求助")
    intake.fill("标题", ORDER)
    intake.fill("经过与诉求", "三号楼道灯坏了一周，晚上老人上下楼看不清，希望尽快修好。")
    intake.find_class("诉求分类", "物业", "物业服务问题")
    intake.fill("事发地址", "友谊路街道友谊路1600弄3号")
    intake.page.get_by_role("button", name="登记", exact=True).click()
    intake.page.get_by_role("heading", level=1, name=ORDER).wait_for()
    intake.expect_state("待派遣")


def dispatch(dispatcher: Desk, title: str, unit: str, then: str) -> None:
    """The dispatcher gives the case to a unit."""
    dispatcher.open_from("待派遣", title)
    dispatcher.choose("派遣")
    dispatcher.pick("主办单位", unit)
    dispatcher.send("派遣", then)


def test_a_finding_goes_from_the_street_to_closing(office: Office):
    inspector = office.desk("inspector1", width=390, height=844)
    inspector.page.get_by_role("link", name="上报问题").click()
    inspector.fill("位置描述", "友谊路街道友谊路近牡丹江路")
    inspector.find_class("部件或事项", "雨水井盖", "雨水井盖")
    inspector.page.get_by_role("group", name="处置情形").get_by_role("radio").first.check()
    inspector.fill("问题描述", FINDING)
    inspector.page.get_by_role("button", name="上报", exact=True).click()
    inspector.expect_state("待立案")
    number = inspector.number

    shift = office.desk("shift1")
    shift.open_case(number)
    shift.choose("立案")
    shift.page.get_by_role("group", name="标准").get_by_role("radio").first.check()
    shift.send("立案", "待派遣")

    dispatcher = office.desk("dispatcher1")
    dispatcher.open_case(number)
    dispatcher.choose("派遣")
    dispatcher.pick("主办单位", "友谊路街道")
    dispatcher.send("派遣", "待处置")

    unit = office.desk("unit-youyilu")
    unit.open_case(number)
    unit.choose("指派处置人员")
    unit.pick("处置人员", "友谊路")
    unit.send("指派处置人员", "待处置")

    handler = office.desk("handler-youyilu")
    handler.open_case(number)
    handler.choose("处置完成")
    handler.fill("处置情况", "已更换井盖，路面清理完毕。")
    handler.send("处置完成", "待核查")

    intake = office.desk("intake1")
    intake.open_case(number)
    intake.choose("派发核查")
    intake.pick("监督员", "监督员演练一号")
    intake.send("派发核查", "核查中")

    inspector.page.goto(office.address)
    inspector.page.get_by_role("link", name="我的任务").click()
    inspector.page.get_by_role("link", name=number).click()
    inspector.choose("核查通过")
    inspector.fill("现场情况", "井盖平整，无异响。")
    inspector.send("核查通过", "待结案")

    shift.open_case(number)
    shift.choose("结案")
    shift.page.get_by_role("group", name="标准").get_by_role("radio").first.check()
    shift.send("结案", "已结案")

    assert Case.objects.get(number=number).state == "closed"
    assert list(verify([number])) == [1], "one case read, no fault"


def test_the_second_of_two_clerks_is_told_and_loses_nothing(office: Office):
    register(office.desk("intake1"))
    first, second = office.desk("dispatcher1"), office.desk("dispatcher2")
    for one, typed in ((first, "请尽快上门"), (second, "夜间无灯，注意安全")):
        one.open_from("待派遣", ORDER)
        one.choose("派遣")
        one.pick("主办单位", "友谊路街道")
        one.fill("说明", typed)
    first.send("派遣", "待签收")

    form = second.page.locator("#verb-form")
    form.get_by_role("button", name="派遣").click()
    told = form.get_by_role("alert")
    told.wait_for()
    assert "派遣员演练一号" in told.inner_text()
    assert second.box("说明").input_value() == "夜间无灯，注意安全"
    second.expect_state("待签收")


def test_a_verb_is_done_by_keyboard_alone(office: Office):
    intake = office.desk("intake1")
    register(intake)
    page = office.desk("dispatcher1").page
    press = page.keyboard.press
    page.wait_for_load_state("networkidle")  # keys mean something once the page's scripts have come
    press("/")
    page.keyboard.type(intake.number)
    press("Enter")
    page.wait_for_url("**/cases/**")  # a whole number goes straight to its case
    page.wait_for_load_state("networkidle")
    press("a")  # the usual next step
    page.locator("#verb-form [data-narrow]:focus").wait_for()
    page.keyboard.type("友谊路街道")
    press("Enter")
    chosen = page.locator("#verb-form select:focus option:checked")
    assert "友谊路街道" in chosen.inner_text()
    for _ in range(20):
        press("Tab")
        if page.locator("#verb-form .verb-foot button:focus").count():
            break
    press("Enter")
    page.locator("#case-head .pill", has_text="待签收").first.wait_for()


@pytest.mark.one_database
def test_the_main_pages_have_no_accessibility_faults(office: Office, axe_violations: Any):
    desk = office.desk("intake1")
    register(desk)
    case, page = desk.number, desk.page
    places = (
        "/",
        "/cases/",
        "/hotline/register/",
        "/search/?q=友谊路",
        f"/cases/{case}/do/note/",
        "/log-in/",
    )
    found = []
    for place in places:
        if place == "/log-in/":
            page.context.clear_cookies()
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(office.address + place)
            found += [f"{place} at {width}: {fault}" for fault in axe_violations(page)]
    assert not found

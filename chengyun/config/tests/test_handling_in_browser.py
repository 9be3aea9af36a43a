"""Answer, audit and callback of one order in a real browser: what the unit, the auditor and the clerk see and press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Case, CaseEvent
from chengyun.config.reference import load_reference
from chengyun.config.tests.desks import Desk, Office
from chengyun.config.tests.test_first_day import ORDER, dispatch, register
from chengyun.hotline.models import Rating
from chengyun.kernel import clock
from chengyun.organisation.actions import rehearsal_people

REPLY = "经现场查看，3 号楼道 2 至 5 层声控灯损坏，当日更换并试亮，已电话告知来电人。"


@pytest.fixture
def office(browser: Any, transactional_db: None, live_server: Any, settings: Any) -> Iterator[Office]:
    """A district with reference data and rehearsal people, and no case yet."""
    settings.DEMO = True
    now = clock.now()
    load_reference(now=now, say=lambda _line: None)
    rehearsal_people(now=now)
    opened = Office(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.faults, f"a page complained: {opened.faults}"


def to_answer(office: Office) -> Desk:
    """Register, dispatch, sign, contact; the unit's desk with the form of the answer open."""
    register(office.desk("intake1"))
    dispatch(office.desk("dispatcher1"), ORDER, "友谊路街道", "待签收")
    unit = office.desk("unit-youyilu")
    unit.open_from("待签收", ORDER)
    unit.choose("签收")
    unit.send("签收", "待先行联系")
    unit.choose("先行联系")
    unit.tick("联系结果", "已联系")
    unit.send("先行联系", "办理中")
    unit.choose("提交答复")
    return unit


def answer(unit: Desk, reply: str) -> None:
    """Fill in the form of the answer and send it."""
    unit.tick("事实认定", "属实")
    unit.tick("诉求认定", "合理")
    unit.tick("处理结果", "实际解决")
    unit.fill("答复内容", reply)
    unit.send("提交答复", "待审核")


def test_from_a_template_by_audit_and_rework_to_the_callback(office: Office):
    unit = to_answer(office)
    page = unit.page
    number = unit.number

    assert unit.box("处置部门").input_value() == "友谊路街道"
    assert page.get_by_role("group", name="是否先行联系").get_by_label("已联系").is_checked()
    why = page.get_by_label("市民反馈说明")
    assert not why.is_visible(), "asked for only once it is said how the citizen feels"
    unit.tick("市民满意度", "不满意")
    why.wait_for()
    unit.tick("市民满意度", "满意")

    assert unit.box("答复内容").input_value() == "", "no template fills itself in"
    page.get_by_text("用答复模板").click()
    page.get_by_role("button", name="套用").first.click()
    draft = unit.box("答复内容").input_value()
    assert ORDER in draft
    assert number in draft
    answer(unit, "您反映的情况我单位高度重视，已转相关科室研究，将尽快答复，感谢支持。")

    shift = office.desk("shift1")
    shift.go("答复审核")
    shift.page.get_by_role("link", name=number).click()
    hints = shift.page.get_by_role("region", name="自动提示")
    hints.get_by_text("答复可能没有回应诉求").wait_for()
    hints.get_by_text("没有承诺完成日期").wait_for()
    shift.page.wait_for_load_state("networkidle")
    shift.page.keyboard.press("r")
    shift.page.get_by_label("答非所问，没有回应诉求").check()
    shift.page.get_by_role("button", name="审核退回").click()
    shift.page.get_by_text(f"{number} 已退回承办单位返工").wait_for()

    unit.open_case(number)
    unit.choose("提交答复")
    assert page.get_by_role("group", name="事实认定").get_by_label("属实", exact=True).is_checked()
    answer(unit, REPLY)

    shift.go("答复审核")
    shift.page.get_by_role("link", name=number).click()
    shift.page.get_by_text("没有发现要提醒的地方").wait_for()
    shift.page.wait_for_load_state("networkidle")
    shift.page.keyboard.press("1")
    shift.page.keyboard.press("p")
    shift.page.get_by_text(f"{number} 审核通过").wait_for()
    said = CaseEvent.objects.get(case__number=number, verb="pass_audit").said
    assert said["checked"] == ["已先行联系市民，时间和方式有记录"]

    clerk = office.desk("callback1")
    clerk.go("回访")
    clerk.page.get_by_role("link", name=number).click()
    clerk.page.get_by_role("button", name="显示号码并拨打").click()
    clerk.page.get_by_role("link", name="13900001234").wait_for()
    clerk.page.get_by_role("button", name="记一次未接通").click()
    clerk.page.get_by_text("已记一次未接通").wait_for()
    clerk.page.goto(f"{office.address}/hotline/callbacks/{number}/")
    clerk.page.get_by_text("本半天拨过了").wait_for()
    clerk.tick("市民认为", "实际解决")
    clerk.tick("满意度", "满意")
    clerk.page.get_by_role("button", name="登记回访").click()
    clerk.page.get_by_role("button", name="结案").click()
    clerk.page.get_by_text(f"{number} 已结案").wait_for()

    assert Case.objects.get(number=number).state == "closed"
    hear_waiting(now=clock.now())
    assert Rating.objects.get().satisfaction == "satisfied"
    clerk.open_case(number)
    clerk.page.get_by_role("region", name="回访与评价").get_by_text("电话回访").wait_for()


def test_the_pages_have_no_accessibility_faults_and_fit_a_telephone(office: Office, axe_violations: Any):
    unit = to_answer(office)
    number = unit.number
    found = _faults(unit, office, axe_violations, f"/cases/{number}/do/answer/", "/hotline/reply-templates/")
    unit.page.goto(f"{office.address}/cases/{number}/")
    unit.choose("提交答复")
    answer(unit, REPLY)
    shift = office.desk("shift1")
    found += _faults(shift, office, axe_violations, "/hotline/audits/", f"/hotline/audits/{number}/")
    shift.page.get_by_role("button", name="审核通过").click()
    clerk = office.desk("callback1")
    clerk.page.goto(f"{office.address}/hotline/callbacks/{number}/")
    found += _faults(
        clerk,
        office,
        axe_violations,
        "/hotline/callbacks/",
        f"/hotline/callbacks/{number}/",
        "/hotline/city-results/",
        "/hotline/reopens/",
        "/hotline/sampling/",
    )
    assert not found


def _faults(desk: Desk, office: Office, axe_violations: Any, *places: str) -> list[str]:
    found = []
    for place in places:
        for width in (1440, 360):
            desk.page.set_viewport_size({"width": width, "height": 900})
            desk.page.goto(office.address + place)
            found += [f"{place} at {width}: {fault}" for fault in axe_violations(desk.page)]
            if desk.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{place} at {width}: wider than the window")
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    return found

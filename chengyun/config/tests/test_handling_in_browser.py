"""The pages of answer, audit and callback in a real browser; test_one_order.py presses their buttons."""

from __future__ import annotations

from typing import Any

import pytest

from chengyun.config.tests.desks import Desk, Office
from chengyun.config.tests.test_first_day import ORDER, dispatch, register
from chengyun.config.tests.test_one_order import REPLY, send_answer


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


@pytest.mark.one_database
def test_the_pages_have_no_accessibility_faults_and_fit_a_telephone(office: Office, axe_violations: Any):
    unit = to_answer(office)
    number = unit.number
    found = _faults(unit, office, axe_violations, f"/cases/{number}/do/answer/", "/hotline/reply-templates/")
    unit.page.goto(f"{office.address}/cases/{number}/")
    unit.choose("提交答复")
    send_answer(unit, REPLY)
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

"""One order of the hotline in a real browser, from the call to what its caller reads: docs/first-day.md and beyond.

Seven people click and type; text messages go over TCP to an operator's gateway and back.
"""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

from chengyun.cases.audit import verify
from chengyun.cases.models import Case, CaseEvent
from chengyun.citizen.models import CitizenRule
from chengyun.citizen.rules import forget_rules
from chengyun.citizen.tests.people import answered
from chengyun.config.tests.desks import Desk, Office
from chengyun.config.tests.messages import arrived, operator_at_work
from chengyun.config.tests.test_first_day import ORDER, dispatch
from chengyun.hotline.models import Rating
from chengyun.kernel import clock
from chengyun.kernel.actor import Actor, Holding
from chengyun.messaging.cmpp.simulator import Simulator
from chengyun.organisation.actions.tokens import make_token
from chengyun.organisation.models import Account

PHONE = "13900001234"
EMPTY_PHRASES = "您反映的情况我单位高度重视，已转相关科室研究，将尽快答复，感谢支持。"
REPLY = "经现场查看，3 号楼道 2 至 5 层声控灯损坏，当日更换并试亮，已电话告知来电人。"
WORK = "已更换 3 号楼道 2 至 5 层声控灯，当场试亮。"


def test_one_order_from_the_call_to_what_its_caller_reads(office: Office):
    with operator_at_work() as simulator:
        number = take_the_call(office)
        assert f"编号 {number}" in arrived(simulator, "已受理")
        dispatch(office.desk("dispatcher1"), ORDER, "友谊路街道", "待签收")
        answer_it(office, simulator, number)
        audit_and_rework(office, number)
        arrived(simulator, number, "友谊路街道", "声控灯损坏")
        call_back(office, number)
        simulator.receive(PHONE, "５ 谢谢", destination="10620113")
        rated_by_message(office, number)
        close(office, number)
        read_as_citizen(office, number)
        assert list(verify([number])) == [1], "one case read, no fault"


def take_the_call(office: Office) -> str:
    """The telephone system tells of a call; 受理员 takes it and registers the order."""
    ring(office)
    intake = office.desk("intake1")
    intake.go("登记工单")
    intake.page.locator(".live-call", has_text="139****1234").get_by_role("button", name="打开").click()
    intake.page.locator("#part-caller", has_text="来电 139****1234").wait_for()
    assert intake.box("联系电话").input_value() == PHONE
    intake.fill("来电人", "王女士")
    intake.tick("诉求类型", "求助")
    intake.fill("标题", ORDER)
    intake.fill("经过与诉求", "三号楼道灯坏了一周，晚上老人上下楼看不清，希望尽快修好。")
    intake.find_class("诉求分类", "物业", "物业服务问题")
    intake.fill("事发地址", "友谊路街道友谊路1600弄3号")
    intake.page.get_by_role("button", name="登记", exact=True).click()
    intake.page.get_by_role("heading", level=1, name=ORDER).wait_for()
    intake.expect_state("待派遣")
    return intake.number


def ring(office: Office) -> None:
    """One event over HTTP, as any telephone system sends it."""
    admin = Actor(None, "安全管理员", (Holding("security_admin", 0, frozenset()),))
    account = Account.objects.get(username="intake1").pk
    token = make_token(account, "telephone system", actor=admin, now=clock.now())
    said = {"call_id": "8f2c", "event": "ringing", "time": clock.now().isoformat(), "number": PHONE}
    call = urllib.request.Request(
        f"{office.address}/api/telephony/calls",
        json.dumps(said).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(call) as taken:
        assert taken.status == 201


def answer_it(office: Office, simulator: Simulator, number: str) -> None:
    """承办单位联络员 signs, calls the citizen, sends a handler, begins from a template and answers emptily."""
    unit = office.desk("unit-youyilu")
    unit.open_from("待签收", ORDER)
    unit.choose("签收")
    unit.send("签收", "待先行联系")
    arrived(simulator, number, "由友谊路街道办理")
    unit.choose("先行联系")
    unit.tick("联系结果", "已联系")
    unit.send("先行联系", "办理中")
    unit.choose("指派处置人员")
    unit.pick("处置人员", "友谊路")
    unit.send("指派处置人员", "办理中")

    handler = office.desk("handler-youyilu")
    handler.open_from("我处置的", ORDER)
    handler.choose("中途汇报")
    handler.fill("进展情况", WORK)
    handler.send("中途汇报", "办理中")

    unit.choose("提交答复")
    page = unit.page
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
    send_answer(unit, EMPTY_PHRASES)


def send_answer(unit: Desk, reply: str) -> None:
    """Fill in the form of the answer and send it."""
    unit.tick("事实认定", "属实")
    unit.tick("诉求认定", "合理")
    unit.tick("处理结果", "实际解决")
    unit.fill("答复内容", reply)
    unit.send("提交答复", "待审核")


def audit_and_rework(office: Office, number: str) -> None:
    """值班长 sends the empty answer back and passes the better one, by keyboard."""
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

    unit = office.desk("unit-youyilu")
    unit.open_case(number)
    unit.choose("提交答复")
    assert unit.page.get_by_role("group", name="事实认定").get_by_label("属实", exact=True).is_checked()
    send_answer(unit, REPLY)

    shift.go("答复审核")
    shift.page.get_by_role("link", name=number).click()
    shift.page.get_by_text("没有发现要提醒的地方").wait_for()
    shift.page.wait_for_load_state("networkidle")
    shift.page.keyboard.press("1")
    shift.page.keyboard.press("p")
    shift.page.get_by_text(f"{number} 审核通过").wait_for()
    said = CaseEvent.objects.get(case__number=number, verb="pass_audit").said
    assert said["checked"] == ["已先行联系市民，时间和方式有记录"]


def call_back(office: Office, number: str) -> None:
    """回访员 reaches nobody, then the citizen."""
    clerk = office.desk("callback1")
    page = clerk.page
    clerk.go("回访")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="显示号码并拨打").click()
    page.get_by_role("link", name=PHONE).wait_for()
    page.get_by_role("button", name="记一次未接通").click()
    page.get_by_text("已记一次未接通").wait_for()
    page.goto(f"{office.address}/hotline/callbacks/{number}/")
    page.get_by_text("本半天拨过了").wait_for()
    clerk.tick("市民认为", "实际解决")
    clerk.tick("满意度", "满意")
    page.get_by_role("button", name="登记回访").click()
    page.get_by_role("button", name="结案").wait_for()


def rated_by_message(office: Office, number: str) -> None:
    """The citizen's digit stands beside the callback; the worker needs a moment."""
    clerk = office.desk("callback1")
    for _look in range(60):
        clerk.open_case(number)
        results = clerk.page.get_by_role("region", name="回访与评价")
        if results.get_by_text("短信评价").count():
            break
        clerk.page.wait_for_timeout(300)
    assert results.get_by_text("电话回访").is_visible()
    assert results.get_by_text("非常满意").is_visible()
    rating = Rating.objects.get(way="sms")
    assert (rating.case.number, rating.satisfaction, rating.said) == (number, "very_satisfied", "谢谢")


def close(office: Office, number: str) -> None:
    """回访员 closes; on the page of the case stands the whole story, newest first."""
    clerk = office.desk("callback1")
    clerk.page.goto(f"{office.address}/hotline/callbacks/{number}/")
    clerk.page.get_by_role("button", name="结案").click()
    clerk.page.get_by_text(f"{number} 已结案").wait_for()
    assert Case.objects.get(number=number).state == "closed"
    clerk.open_case(number)
    story = clerk.page.locator(".timeline .event-what").all_inner_texts()
    assert story[::-1][:4] == ["登记", "短信：工单已受理", "派遣", "签收"]
    assert story[0] == "结案"
    for told in ("先行联系", "中途汇报", "审核退回", "未接通登记", "登记回访", "市民评价"):
        assert told in story
    for told in ("工单已受理", "先行联系", "办理答复", "满意度评价"):
        line = clerk.page.locator(".timeline li", has_text=f"短信：{told}")
        assert "已送达" in line.inner_text()
        assert PHONE not in line.inner_text()


def read_as_citizen(office: Office, number: str) -> None:
    """王女士 finds her order by its number and four digits, on a telephone."""
    CitizenRule.objects.filter(name="proof_seconds").update(value=0)
    forget_rules()
    page: Any = office.stranger(360, 740)
    page.goto(f"{office.address}/citizen/find/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("电话后 4 位").fill(PHONE[-4:])
    page.fill("#id_answer", answered(page.content())["answer"])
    page.get_by_role("button", name="查进度").click()
    page.get_by_role("heading", level=1, name="已办结").wait_for()
    steps = page.locator(".track-what").all_inner_texts()[::-1]
    assert steps[:4] == ["收到您的反映", "转交承办单位", "承办单位已接收", "承办单位开始办理"]
    assert steps[-3:] == ["办理结果已审核", "听取了您的意见", "办结"]
    text = page.inner_text("main")
    assert REPLY in text
    assert "您评价了“非常满意”" in text
    for inside in (WORK, EMPTY_PHRASES, "答非所问", "演练", PHONE):
        assert inside not in text
    assert not re.search(r"回访员|值班长", text)

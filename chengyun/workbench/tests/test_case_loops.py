"""Every verb of both loops through the forms that the pages offer, without script."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chengyun.cases.models import Case, CaseClock, CaseLink, CaseRequest
from chengyun.cases.process import LOOPS
from chengyun.kernel import clock
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau, centre, person
from chengyun.workbench.tests.pages import Clerk, Staff, finding, limit, order, staff

pytestmark = pytest.mark.django_db
REASON = {"reason": "依据职责分工，理由充分"}
REPLY = {"finding": "true", "demand": "reasonable", "outcome": "solved", "reply": "路灯已修好，今晚亮灯。"}


@pytest.fixture
def people() -> Staff:
    """Everybody, and limits that leave room for an extension."""
    limit("hotline", "disposal", 5)
    limit("hotline", "disposal_ceiling", 30)
    return staff()


def liaison_of(unit, name="water-liaison") -> Clerk:
    """The liaison of another unit."""
    return Clerk(person(name, Post.UNIT, unit=unit))


def in_hand(people: Staff, **said) -> str:
    """An order that its unit has signed and begun to work on."""
    number = order(people[Post.INTAKE], clock.now() - timedelta(minutes=5), **said)["number"]
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    people[Post.UNIT].do(number, "sign")
    people[Post.UNIT].do(number, "contact", reached="yes")
    return number


def called_back(people: Staff, satisfaction: str) -> str:
    """An order whose caller has been asked."""
    number = in_hand(people)
    people[Post.UNIT].do(number, "answer", **REPLY)
    people[Post.SHIFT_LEADER].do(number, "pass_audit", opinion="答复属实")
    people[Post.CALLBACK].do(number, "try_call", note="无人接听")
    people[Post.CALLBACK].do(
        number, "call_back", outcome="solved", satisfaction=satisfaction, said="说了几句"
    )
    return number


def test_an_order_from_registered_to_closed_through_its_posts(people):
    number = called_back(people, "satisfied")
    closed = people[Post.CALLBACK].do(number, "close", opinion="回访满意")
    assert closed.state == "closed"
    assert closed.satisfaction == "satisfied"
    page = people[Post.INTAKE].page(number)
    for words in ("路灯已修好，今晚亮灯。", "绿化局", "待结案 → 已结案", "无人接听", "满意"):
        assert words in page


def test_the_message_after_a_verb_says_what_comes_next(people):
    number = order(people[Post.INTAKE])["number"]
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    page = people[Post.DISPATCHER].page(number)
    assert "已“派遣”，现在是“待签收”" in page
    assert "下一步由承办单位联络员“签收”" in page


def test_answered_in_the_first_call(people):
    number = order(people[Post.INTAKE], appeal_type="consultation")["number"]
    assert people[Post.INTAKE].do(number, "resolve_at_once", reply="办理地点为友谊路").state == "closed"


def test_the_first_send_back_is_dispatched_again_and_the_second_is_coordinated(people):
    number = order(people[Post.INTAKE])["number"]
    other, third = bureau("城管局"), bureau("水务局")
    for expected in ("sent_back", "coordination"):
        people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
        sent = people[Post.UNIT].do(number, "send_back", suggested_unit=other.pk, **REASON)
        assert sent.state == expected
    done = people[Post.SHIFT_LEADER].do(number, "coordinate", unit=third.pk, **REASON)
    assert (done.state, done.lead_unit, done.send_backs) == ("dispatched", third, 2)
    assert "城管局" in people[Post.INTAKE].page(number)


def test_whoever_may_no_longer_see_the_case_is_led_home(people):
    number = order(people[Post.INTAKE])["number"]
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    unit, other = people[Post.UNIT], bureau("城管局")
    form = unit.form(number, "send_back")
    answer = unit.send(form, suggested_unit=other.pk, **REASON)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "已“退单”" in unit.client.get("/").content.decode()


def test_an_order_is_recalled_corrected_noted_and_voided(people):
    number = in_hand(people)
    assert people[Post.DISPATCHER].do(number, "recall", **REASON).state == "sent_back"
    leader = people[Post.SHIFT_LEADER]
    corrected = leader.do(number, "correct", title="路灯整排不亮", appeal_type="help", **REASON)
    assert (corrected.title, corrected.appeal_type) == ("路灯整排不亮", "help")
    page = leader.page(number)
    assert "<del>小区门口路灯不亮</del>" in page
    assert "<ins>路灯整排不亮</ins>" in page
    assert "<ins>求助</ins>" in page
    leader.do(number, "note", note="请关注")
    assert leader.do(number, "void", **REASON).state == "void"


def test_an_extension_suggests_a_later_time_and_keeps_the_first(people):
    number = in_hand(people)
    first = CaseClock.objects.get(case__number=number, stage="disposal").due_at
    form = people[Post.UNIT].form(number, "ask_extension")
    assert form.values["until"][0] > f"{clock.local(first):%Y-%m-%dT%H:%M}"
    people[Post.UNIT].do(number, "ask_extension", **REASON)
    assert "延期申请待审批" in people[Post.UNIT].page(number)
    people[Post.SHIFT_LEADER].do(number, "decide_extension", decision="grant")
    kept = CaseClock.objects.get(case__number=number, stage="disposal")
    assert kept.first_due_at == first < kept.due_at
    page = people[Post.UNIT].page(number)
    assert "批准延期" in page
    assert "最多延期 1 次，已用完" in page


def test_a_refused_request_needs_a_reason(people):
    number = in_hand(people)
    people[Post.UNIT].do(number, "ask_extension", **REASON)
    leader = people[Post.SHIFT_LEADER]
    answer = leader.send(leader.form(number, "decide_extension"), decision="refuse")
    assert answer.status_code == 422
    assert "请填写审批理由" in answer.content.decode()
    leader.do(number, "decide_extension", decision="refuse", reason="时间充足")
    assert CaseRequest.objects.get().answer == "时间充足"


def test_an_order_is_suspended_and_resumed(people):
    number = in_hand(people)
    until = clock.local(clock.now() + timedelta(days=20)).date()
    people[Post.UNIT].do(number, "ask_suspension", until=until.isoformat(), **REASON)
    assert people[Post.SHIFT_LEADER].do(number, "decide_suspension", decision="grant").state == "suspended"
    page = people[Post.UNIT].page(number)
    assert "已暂停" in page
    assert "不计入时限" in page
    assert people[Post.UNIT].do(number, "resume").state == "in_hand"


def test_helpers_have_their_own_tasks_and_the_answer_waits_for_them(people):
    number = in_hand(people)
    water, park = bureau("水务局"), bureau("公园管理所")
    helper = liaison_of(water)
    people[Post.UNIT].do(number, "add_helper", helper=water.pk, task="查积水")
    people[Post.DISPATCHER].do(number, "add_helper", helper=park.pk, task="查树木")
    assert "还有 2 个协办单位没有反馈" in people[Post.UNIT].page(number)
    helper.do(number, "help_report", report="已查，无积水")
    liaison_of(park, "park-liaison").do(number, "help_decline", **REASON)
    people[Post.UNIT].do(number, "report_interim", report="灯具已到货")
    page = people[Post.UNIT].page(number)
    assert "查积水" in page
    assert "已退回" in page
    assert people[Post.UNIT].do(number, "answer", **REPLY).state == "answered"


def test_a_handler_is_of_the_leading_unit(people):
    number = in_hand(people)
    form = people[Post.UNIT].form(number, "assign_handler")
    handler = people[Post.HANDLER].who.person
    assert form.offered["handler"] == ["", str(handler.pk)]
    other = people[Post.INTAKE].who.person.pk
    form.offered["handler"].append(str(other))  # a forged form
    answer = people[Post.UNIT].send(form, handler=other)
    assert answer.status_code == 422
    assert "不是主办单位的处置人员" in answer.content.decode()
    assert people[Post.UNIT].do(number, "assign_handler", handler=handler.pk).handler == handler


def test_the_centre_is_no_unit_to_dispatch_to(people):
    number = order(people[Post.INTAKE])["number"]
    form = people[Post.DISPATCHER].form(number, "dispatch")
    assert str(centre().pk) not in form.offered["unit"]
    form.offered["unit"].append(str(centre().pk))
    answer = people[Post.DISPATCHER].send(form, unit=centre().pk)
    assert answer.status_code == 422
    assert "城运中心及其科室不承办案件" in answer.content.decode()


def test_a_repeat_is_merged_into_the_first(people):
    first = order(people[Post.INTAKE])["number"]
    second = order(people[Post.INTAKE])["number"]
    form = people[Post.DISPATCHER].form(second, "merge")
    assert first in people[Post.DISPATCHER].client.get(form.action).content.decode()
    merged = people[Post.DISPATCHER].do(second, "merge", into=first)
    assert merged.state == "merged"
    assert CaseLink.objects.filter(case=merged, kind="merged").count() == 1
    assert "并入本案" in people[Post.DISPATCHER].page(first)
    assert "本案并入的主案" in people[Post.DISPATCHER].page(second)


def test_dissatisfaction_is_handled_again(people):
    number = called_back(people, "dissatisfied")
    assert "市民不满意，请重办" in people[Post.CALLBACK].page(number)
    again = people[Post.CALLBACK].do(number, "rehandle", **REASON)
    assert (again.state, again.rounds) == ("rehandling", 1)
    people[Post.UNIT].do(number, "answer", **REPLY)
    assert people[Post.DISPATCHER].do(number, "fail_audit", **REASON).state == "rehandling"


def filed(people: Staff) -> str:
    """A finding that the shift leader has filed."""
    number = finding(people[Post.INSPECTOR], clock.now() - timedelta(minutes=5))["number"]
    people[Post.SHIFT_LEADER].do(number, "file", criterion_own="影响通行")
    return number


def test_a_public_report_is_verified_filed_disposed_checked_and_closed(people):
    now = clock.now() - timedelta(minutes=5)
    number = finding(people[Post.INSPECTOR], now, channel="public", reporter_id=None)["number"]
    inspector = people[Post.INSPECTOR].who.person
    leader = people[Post.SHIFT_LEADER]
    assert "公众上报的案件须先核实再立案" in leader.page(number)
    people[Post.INTAKE].do(number, "order_verification", inspector=inspector.pk)
    people[Post.INSPECTOR].do(number, "verify", presence="found", note="井盖确已破损")
    leader.do(number, "file", criterion_own="影响通行")
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    handler = people[Post.HANDLER].who.person
    people[Post.UNIT].do(number, "assign_handler", handler=handler.pk)
    people[Post.HANDLER].do(number, "dispose", result="井盖已更换")
    people[Post.DISPATCHER].do(number, "order_check", inspector=inspector.pk)
    people[Post.INSPECTOR].do(number, "fail_check", reason="周边未清理")
    people[Post.UNIT].do(number, "dispose", result="已清理")
    people[Post.INTAKE].do(number, "order_check", inspector=inspector.pk)
    people[Post.INSPECTOR].do(number, "pass_check", note="处置到位")
    closed = leader.do(number, "close", criterion_own="处置到位")
    assert (closed.state, closed.reworks) == ("closed", 1)
    assert "影响通行" in leader.page(number)
    assert leader.do(number, "reopen", **REASON).state == "dispatched"


def test_a_grid_case_goes_back_is_suspended_and_reworked(people):
    number = filed(people)
    other = bureau("城管局")
    people[Post.DISPATCHER].do(number, "return_to_intake", **REASON)
    people[Post.SHIFT_LEADER].do(number, "file", criterion_own="影响通行")
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk, helpers=[other.pk])
    unit = people[Post.UNIT]
    unit.do(number, "assign_handler", handler=people[Post.HANDLER].who.person.pk)
    assert "请先撤回指派再退单" in unit.page(number)
    unit.do(number, "revoke_handler", **REASON)
    assert unit.do(number, "send_back", suggested_unit=other.pk, **REASON).state == "sent_back"
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    until = clock.local(clock.now() + timedelta(days=9)).date()
    unit.do(number, "ask_suspension", until=until.isoformat(), **REASON)
    people[Post.DISPATCHER].do(number, "decide_suspension", decision="grant")
    assert unit.do(number, "resume").state == "dispatched"
    unit.do(number, "ask_extension", **REASON)
    people[Post.DISPATCHER].do(number, "decide_extension", decision="grant")
    liaison_of(other).do(number, "help_report", report="已配合")
    people[Post.UNIT].do(number, "dispose", result="已处置")
    assert people[Post.DISPATCHER].do(number, "rework", **REASON).state == "dispatched"


def test_a_finding_is_refused_merged_voided_or_confirmed(people):
    leader, intake = people[Post.SHIFT_LEADER], people[Post.INTAKE]
    numbers = [finding(people[Post.INSPECTOR])["number"] for _ in range(3)]
    refused = leader.do(numbers[0], "refuse", criterion_own="不在本区", **REASON)
    merged = intake.do(numbers[1], "merge", into=numbers[2])
    voided = leader.do(numbers[2], "void", **REASON)
    assert [refused.state, merged.state, voided.state] == ["refused", "merged", "void"]
    handled = [finding(people[Post.INSPECTOR], state="self_handled")["number"] for _ in range(2)]
    assert intake.do(handled[0], "confirm_self_handling", opinion="属实").state == "closed"
    assert intake.do(handled[1], "reject_self_handling", **REASON).state == "reported"


def test_an_overrun_may_be_excused_once(people):
    number = filed(people)
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    long_ago = clock.now() - timedelta(days=1)
    CaseClock.objects.filter(case__number=number, stage="disposal").update(due_at=long_ago)
    people[Post.UNIT].do(number, "dispose", result="已处置")
    inspector = people[Post.INSPECTOR]
    people[Post.INTAKE].do(number, "order_check", inspector=inspector.who.person.pk)
    inspector.do(number, "pass_check", note="到位")
    people[Post.SHIFT_LEADER].do(number, "close", criterion_own="到位")
    assert "超时 1 个环节" in people[Post.UNIT].page(number)
    people[Post.UNIT].do(number, "ask_excuse", **REASON)
    people[Post.DISPATCHER].do(number, "decide_excuse", decision="grant")
    assert Case.objects.get(number=number).excused


def test_every_verb_of_both_loops_has_a_form(people):
    for kind, make in (("hotline", order), ("grid", finding)):
        number = make(people[Post.INSPECTOR])["number"]
        for verb in LOOPS[kind].verbs:
            address = reverse("workbench:case-verb", args=[number, verb.name])
            answer = people[Post.SHIFT_LEADER].client.get(address)
            assert answer.status_code == 200, verb.name

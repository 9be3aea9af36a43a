"""我也遇到, and checking a telephone by a code."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from chengyun.cases.actions import move
from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Case
from chengyun.cases.tests.cast import Cast
from chengyun.citizen.jobs import forget_traces
from chengyun.citizen.models import CitizenRule, PhoneCheck, Report, Supporter
from chengyun.citizen.rules import forget_rules
from chengyun.citizen.tests.people import PLACE, REPORT, category, problem, read, tell
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now
from chengyun.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]
PHONE = "13812345678"


def code_in_the_outbox() -> str:
    found = re.search(r"验证码 (\d{6})", Message.objects.filter(phone=PHONE).latest("id").text)
    assert found
    return found[1]


def test_what_is_known_nearby_comes_first_and_costs_nothing_typed(client: Client):
    tell(client, **PLACE)
    near = {"longitude": "121.4893", "latitude": "31.4054"}
    answer = client.post(REPORT, problem(client, **near))
    page = read(answer)
    assert answer.status_code == 422
    assert "附近已有人报过" in page
    assert "道路设施问题" in page
    assert "三天没亮" in page  # one's own words; the other's are the same, so look at its number
    assert Case.objects.get().number not in page
    tell(client, **near, still="on")
    assert Case.objects.count() == 2


def test_the_fragment_says_the_same_while_the_form_is_filled_in(client: Client):
    tell(client, **PLACE)
    said = {**PLACE, "category": str(category().pk), "address": ""}
    assert "附近有人报过相同的问题" in read(client.post("/citizen/report/nearby/", said))
    far = {**said, "longitude": "121.42"}
    assert "附近有人报过" not in read(client.post("/citizen/report/nearby/", far))


def test_of_a_class_that_is_not_public_nothing_is_told(client: Client):
    tell(client, **PLACE, category=str(category("小区物业").pk))
    tell(client, **PLACE, category=str(category("小区物业").pk))
    assert Case.objects.count() == 2


def test_one_browser_counts_once(client: Client):
    tell(Client(), **PLACE)
    case = Case.objects.get()
    address = f"/citizen/cases/{case.pk}/support/"
    assert "已记下" in read(client.post(address, {"then": "support"}, follow=True))
    assert "没有重复计算" in read(client.post(address, {"then": "support"}, follow=True))
    Client().post(address, {"then": "support"})
    assert Supporter.objects.filter(case=case).count() == 2
    assert "2 人也遇到" in read(client.get(f"/citizen/cases/{case.pk}/"))


def test_from_the_form_of_a_report_its_telephone_is_left_out(client: Client):
    tell(Client(), **PLACE)
    case = Case.objects.get()
    said = problem(client, **PLACE, phone=PHONE, then="met")
    assert client.post(f"/citizen/cases/{case.pk}/support/", said).status_code == 302
    assert Supporter.objects.get().phone == ""


def test_a_supporter_with_a_checked_telephone_hears_how_it_ended(client: Client):
    tell(Client(), **PLACE)
    case = Case.objects.get()
    address = f"/citizen/cases/{case.pk}/support/"
    page = read(client.post(address, {"then": "code", "phone": PHONE}))
    assert "验证码已发出" in page
    wrong = client.post(address, {"then": "support", "phone": PHONE, "code": "000000x"})
    assert wrong.status_code == 422
    client.post(address, {"then": "support", "phone": PHONE, "code": code_in_the_outbox()})
    assert Supporter.objects.get().phone == PHONE
    move(case.pk, "resolve_at_once", actor=SYSTEM, seen=case.version, now=now(), said={"reply": "已修好"})
    hear_waiting(now=now())
    told = Message.objects.filter(template_name="support_closed")
    assert [(one.phone, one.about) for one in told] == [(PHONE, case.number)]
    assert "道路设施问题" in told[0].text
    Case.objects.update(closed_at="2026-01-01T00:00:00Z")
    forget_traces(now=now())
    assert Supporter.objects.get().phone == ""


def test_a_finished_order_takes_no_more(client: Client):
    tell(Client(), **PLACE)
    case = Case.objects.get()
    move(case.pk, "resolve_at_once", actor=SYSTEM, seen=case.version, now=now(), said={"reply": "已修好"})
    answer = client.post(f"/citizen/cases/{case.pk}/support/", {"then": "support"})
    assert "已经办结" in read(answer)
    assert not Supporter.objects.exists()


def test_a_code_marks_the_report_as_checked_and_is_kept_as_a_hash(client: Client):
    page = read(client.post(REPORT, problem(client, phone=PHONE, then="code", description="")))
    assert "验证码已发到" in page
    assert "请写几句" not in page
    code = code_in_the_outbox()
    assert code not in str(PhoneCheck.objects.values())
    tell(client, phone=PHONE, code=code)
    assert Report.objects.get().phone_checked


def test_guessing_a_code_ends(client: Client):
    CitizenRule.objects.filter(name="code_tries").update(value=2)
    forget_rules()
    client.post("/citizen/report/code/", {"phone": PHONE})
    code = code_in_the_outbox()
    wrong = "111111" if code != "111111" else "222222"
    for _try in range(2):
        assert "验证码不对" in read(client.post(REPORT, problem(client, phone=PHONE, code=wrong)))
    assert "试的次数太多" in read(client.post(REPORT, problem(client, phone=PHONE, code=code)))
    assert not Case.objects.exists()


def test_codes_are_not_sent_in_a_row_nor_to_what_is_no_mobile(client: Client):
    assert client.post("/citizen/report/code/", {"phone": PHONE}).status_code == 200
    assert "刚刚已发出" in client.post("/citizen/report/code/", {"phone": PHONE}).json()["message"]
    assert client.post("/citizen/report/code/", {"phone": "021-56100000"}).status_code == 422
    assert Message.objects.count() == 1


def test_a_merged_order_goes_on_with_the_one_it_joined(client: Client):
    play = Cast()
    main = play.order(catalogue_key=category().catalogue_key)
    token = tell(client)
    mine = Case.objects.latest("id")
    move(mine.pk, "merge", actor=play.dispatcher, seen=1, now=play.now, said={"into": main["number"]})
    play.case_id = main.id
    play.to_in_hand()
    page = read(client.get(f"/citizen/mine/{token}/"))
    assert "与相同的问题合并办理" in page
    assert "承办单位开始办理" in page

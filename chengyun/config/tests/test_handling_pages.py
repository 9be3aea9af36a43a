"""Audit, callback and settings by the pages, without script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Case, CaseEvent, Contact
from chengyun.hotline.handling.rows import load_reference
from chengyun.hotline.models import CityResult, HandlingRow, Rating, ReplyTemplate, SamplingRule
from chengyun.kernel import clock
from chengyun.organisation.models import AccessLog
from chengyun.organisation.posts import Post
from chengyun.workbench.tests.pages import Staff, order, staff

pytestmark = pytest.mark.django_db
REPLY = {
    "finding": "true",
    "demand": "reasonable",
    "outcome": "solved",
    "reply": "经查路灯电缆老化，已更换电缆和灯头，当晚全部点亮。",
}


@pytest.fixture
def people() -> Staff:
    load_reference(now=clock.now())
    return staff()


def answered(people: Staff, **said: str) -> str:
    number = str(order(people[Post.INTAKE], clock.now() - timedelta(minutes=5))["number"])
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    people[Post.UNIT].do(number, "sign")
    people[Post.UNIT].do(number, "contact", reached="yes")
    people[Post.UNIT].do(number, "answer", **{**REPLY, **said})
    return number


def row(number: str) -> Case:
    return Case.objects.get(number=number)


def post(client: Client, name: str, number: str, **said: object) -> object:
    return client.post(reverse(name, args=[number]), {"seen": row(number).version, **said})


def test_the_form_of_an_answer_is_filled_from_the_record(people):
    number = str(order(people[Post.INTAKE], clock.now() - timedelta(minutes=5))["number"])
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    people[Post.UNIT].do(number, "sign")
    people[Post.UNIT].do(number, "contact", reached="yes", visited="on")
    html = people[Post.UNIT].client.get(reverse("workbench:case-verb", args=[number, "answer"])).text
    assert re.search(r'name="contacted" value="yes" checked', html)
    assert re.search(r'name="visited" value="on" checked', html)
    assert people.unit.name in re.search(r'name="department" value="([^"]*)"', html)[1]
    assert "违法建筑类型" not in html, "a topic is asked for in its own classes only"
    assert "答复市民" in html


def test_special_topics_are_asked_for_in_their_classes(people):
    number = str(
        order(
            people[Post.INTAKE],
            clock.now() - timedelta(minutes=5),
        )["number"]
    )
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    people[Post.UNIT].do(number, "sign")
    people[Post.UNIT].do(number, "contact", reached="yes")
    Case.objects.filter(number=number).update(catalogue_key="db44t2479-2024/030303")
    html = people[Post.UNIT].client.get(reverse("workbench:case-verb", args=[number, "answer"])).text
    assert "违法建筑类型" in html
    assert "群租类型" not in html


def test_the_auditor_sees_appeal_answer_and_hints_and_accepts(people):
    number = answered(people)
    leader = people[Post.SHIFT_LEADER].client
    assert number in leader.get(reverse("hotline:audits")).text
    html = leader.get(reverse("hotline:audit", args=[number])).text
    for words in ("已更换电缆和灯头", "审核清单", "自动提示", "已先行联系市民"):
        assert words in html
    answer = post(leader, "hotline:audit", number, decision="pass", checked="事实查清，有时间、地点、经过")
    assert (answer.status_code, answer.url) == (302, reverse("hotline:audits"))
    assert row(number).state == "audited"
    said = CaseEvent.objects.get(case__number=number, verb="pass_audit").said
    assert said["checked"] == ["事实查清，有时间、地点、经过"]


def test_an_answer_is_sent_back_with_grounds(people):
    number = answered(people)
    leader = people[Post.SHIFT_LEADER].client
    refused = post(leader, "hotline:audit", number, decision="fail")
    assert refused.status_code == 422
    assert "请填写理由" in refused.text
    post(
        leader,
        "hotline:audit",
        number,
        decision="fail",
        grounds=["答非所问，没有回应诉求"],
        words="请写明何时修",
    )
    said = CaseEvent.objects.get(case__number=number, verb="fail_audit").said
    assert said == {"grounds": ["答非所问，没有回应诉求"], "reason": "请写明何时修"}
    assert row(number).state == "in_hand"


def test_two_auditors_one_answer(people):
    number = answered(people)
    leader = people[Post.SHIFT_LEADER].client
    late = post(leader, "hotline:audit", number, decision="pass", seen=row(number).version - 1)
    assert late.status_code == 409
    assert "提交答复" in late.text


def audited(people: Staff) -> str:
    number = answered(people)
    people[Post.SHIFT_LEADER].do(number, "pass_audit")
    return number


def test_a_clerk_calls_notes_and_closes(people):
    number = audited(people)
    hear_waiting(now=clock.now())
    clerk = people[Post.CALLBACK].client
    html = clerk.get(reverse("hotline:callback", args=[number])).text
    for words in ("12345 市民热线", "登记回访", "记一次未接通", "抽中"):
        assert words in html
    assert "登记为未接通" not in html
    missing = post(clerk, "hotline:callback", number, verb="call_back", satisfaction="dissatisfied")
    assert missing.status_code == 422
    assert "请填写市民认为" in missing.text
    assert "请填写市民反馈" in missing.text
    post(clerk, "hotline:callback", number, verb="call_back", outcome="solved", satisfaction="satisfied")
    assert row(number).state == "called_back"
    done = post(clerk, "hotline:callback", number, verb="close")
    assert (done.url, row(number).state) == (reverse("hotline:callbacks"), "closed")
    hear_waiting(now=clock.now())
    assert Rating.objects.get().way == "phone"


def test_dissatisfied_is_handled_again_from_the_same_page(people):
    number = audited(people)
    clerk = people[Post.CALLBACK].client
    post(
        clerk,
        "hotline:callback",
        number,
        verb="call_back",
        outcome="unsolved",
        satisfaction="dissatisfied",
        said="灯没亮",
    )
    refused = post(clerk, "hotline:callback", number, verb="close")
    assert refused.status_code == 400
    assert "市民不满意" in refused.text
    post(clerk, "hotline:callback", number, verb="rehandle", reason="市民称灯没亮，请重办")
    assert row(number).state == "rehandling"


def test_the_number_is_shown_on_a_click_and_logged(people):
    number = audited(people)
    Contact.objects.update_or_create(case=row(number), defaults={"phone": "13900001234", "name": "王女士"})
    clerk = people[Post.CALLBACK].client
    assert "13900001234" not in clerk.get(reverse("hotline:callback", args=[number])).text
    assert "13900001234" in clerk.post(reverse("hotline:dial", args=[number])).text
    assert number in AccessLog.objects.filter(field="phone").latest("id").reason
    assert people[Post.UNIT].client.post(reverse("hotline:dial", args=[number])).status_code == 403


def test_templates_are_made_found_changed_and_used(people):
    unit = people[Post.UNIT].client
    made = unit.post(
        reverse("hotline:template-new"),
        {
            "title": "路灯修复",
            "unit_id": people.unit.pk,
            "outcome": "solved",
            "body": "{标题}，{承办单位}已修复。{天气}",
        },
    )
    assert made.status_code == 422
    assert "天气" in made.text
    said = {"title": "路灯修复", "unit_id": people.unit.pk, "outcome": "solved", "catalogue_prefix": ""}
    unit.post(reverse("hotline:template-new"), {**said, "body": "{标题}，{承办单位}已修复。"})
    template = ReplyTemplate.objects.get(title="路灯修复")
    page = reverse("hotline:template", args=[template.pk])
    unit.post(page, {**said, "body": "{标题}（{编号}），{承办单位}已修复。"})
    assert [one.no for one in template.versions.all()] == [2, 1]
    assert "路灯修复" in unit.get(reverse("hotline:templates"), {"q": "路灯"}).text
    number = answered(people)
    drafts = unit.get(reverse("hotline:template-drafts", args=[number]), headers={"HX-Request": "true"}).text
    assert number in drafts
    assert f"{people.unit.name}已修复" in drafts
    unit.post(reverse("hotline:template-retire", args=[template.pk]))
    assert "路灯修复" not in unit.get(reverse("hotline:templates")).text


CITY = "工单编号,是否先行联系,解决情况,综合满意度,回访日期,备注\n{number},是,未解决,不满意,2026-01-05,灯又灭了\n{rest}"


def hand_in(people: Staff, text: str, kind: str = "full", name: str = "city.csv") -> object:
    file = SimpleUploadedFile(name, text.encode("utf-8-sig"))
    return people[Post.CALLBACK].client.post(
        reverse("hotline:city-results"), {"kind": kind, "file": file}, follow=True
    )


def test_the_citys_results_stand_beside_ours(people):
    number = audited(people)
    people[Post.CALLBACK].do(number, "call_back", outcome="solved", satisfaction="satisfied")
    hear_waiting(now=clock.now())
    bad = "RX310113-19990101-00001,是,未解决,不满意,,\n" + f"{number},是,也许,不满意,,\n"
    page = hand_in(people, CITY.format(number=number, rest=bad))
    assert "读入 3 行：新增 1，已有 0，退回 2" in page.text
    again = hand_in(people, CITY.format(number=number, rest=""))
    assert "新增 0，已有 1，退回 0" in again.text
    assert CityResult.objects.count() == 1
    rejects = b"".join(people[Post.CALLBACK].client.get(reverse("hotline:city-rejects", args=[_run()])))
    assert "没有编号为 RX310113-19990101-00001 的工单" in rejects.decode("utf-8-sig")
    assert "“也许”不认识" in rejects.decode("utf-8-sig")
    html = people[Post.SHIFT_LEADER].client.get(reverse("workbench:case", args=[number])).text
    assert "区、市结果不一致" in html
    assert "灯又灭了" in html
    assert row(number).satisfaction == "satisfied", "ours is not overwritten"


def _run() -> int:
    from chengyun.hotline.models import CityImport

    return CityImport.objects.exclude(rejects_name="").get().pk


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("甲,乙\n1,2\n", "city.csv", "没有工单编号的列"),
        ("工单编号\n1\n", "city.pdf", "只能导入 CSV 或 XLSX"),
        ("not a workbook", "city.xlsx", "打不开"),
    ],
)
def test_a_file_that_is_no_list_says_why(people, text, name, words):
    page = hand_in(people, text, name=name)
    assert page.status_code == 422
    assert words in page.text
    assert not CityResult.objects.exists()


def test_an_administrator_sets_rows_and_samples(people):
    from chengyun.organisation.tests.people import enter, person

    admin = enter(Client(), person("root", Post.ADMIN))
    day = f"{clock.local(clock.now()):%Y-%m-%d}"
    dated = {"valid_from": day, "source": "本中心 2026 年第 3 次办公会", "provenance": "primary"}
    page = reverse("hotline:handling-row-new", args=["weight"])
    assert admin.post(page, {**dated, "name": "fair", "value": "8", "position": "3"}).status_code == 422
    assert admin.post(page, {**dated, "name": "fair", "value": "0.9", "position": "3"}).status_code == 302
    assert [str(one.value) for one in HandlingRow.objects.filter(name="fair").order_by("valid_from")] == [
        "0.800",
        "0.900",
    ]
    for kind in ("weight", "script", "checklist", "nonsense"):
        assert admin.get(reverse("hotline:handling-rows"), {"kind": kind}).status_code == 200
    sample = reverse("hotline:sampling-new")
    assert admin.post(sample, {**dated, "share": "130", "seed": "s"}).status_code == 422
    assert admin.post(sample, {**dated, "share": "30", "seed": "s", "channel": "web"}).status_code == 302
    rule = SamplingRule.objects.get(share=30)
    assert admin.post(reverse("hotline:sampling-stop", args=[rule.pk])).status_code == 302
    assert "30%" in admin.get(reverse("hotline:sampling")).text
    assert people[Post.UNIT].client.get(sample).status_code == 403

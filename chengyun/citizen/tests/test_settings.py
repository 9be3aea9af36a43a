"""市民网页: rows that the centre sets, and the traces that are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from chengyun.cases.models import Case
from chengyun.cases.tests.scene import a_case
from chengyun.citizen.jobs import forget_traces
from chengyun.citizen.models import (
    CitizenRule,
    Clearance,
    PhoneCheck,
    PlainCategory,
    PlainQuestion,
    PublicClass,
    RateHit,
    Report,
    SpentProof,
    Supporter,
)
from chengyun.citizen.proof import ask
from chengyun.citizen.public_cases import public_classes
from chengyun.citizen.rehearsal import load_rehearsal_reports
from chengyun.citizen.rules import forget_rules, load_reference, rule
from chengyun.citizen.tests.people import category
from chengyun.geography.actions.load_reference import load_reference as load_geography
from chengyun.kernel.clock import local, now
from chengyun.organisation.models import ChangeLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]
PAGES = "/public-pages/"


@pytest.fixture
def admin(client: Client) -> Client:
    return people.enter(client, people.person("ada", Post.ADMIN))


def test_every_table_is_shown(admin: Client):
    for tab in ("category", "class", "word", "question", "rule", "clearance", "nothing"):
        assert admin.get(PAGES, {"tab": tab}).status_code == 200


def test_loading_again_changes_nothing():
    PlainCategory.objects.filter(name="噪声扰民").update(hint="改过")
    assert load_reference(now=now()) == 0
    assert category("噪声扰民").hint == "改过"


def test_every_category_has_its_class_and_every_public_class_its_item():
    assert all(row.catalogue_key or row.appeal_type != "complaint" for row in PlainCategory.objects.all())
    keys = set(public_classes(now()))
    wanted = PublicClass.objects.filter(public=True).values_list("catalogue_key", flat=True)
    assert set(wanted) <= keys


def test_a_rule_is_set_from_a_day_on_and_logged(admin: Client):
    today = local(now()).date()
    said = {"value": "3", "valid_from": today.isoformat(), "source": "本区规定", "provenance": "primary"}
    assert admin.post(f"{PAGES}rules/most_photos/", said).status_code == 302
    forget_rules()
    assert rule("most_photos", now()) == 3
    assert CitizenRule.objects.filter(name="most_photos").count() == 2
    assert ChangeLog.objects.filter(verb="set_public_pages", by_name="ada").exists()
    wrong = admin.post(f"{PAGES}rules/most_photos/", {**said, "value": "99"})
    assert wrong.status_code == 422
    assert "请填 1 到 12 的整数" in wrong.content.decode()
    assert admin.get(f"{PAGES}rules/nothing/").status_code == 404


def test_a_category_is_changed_and_one_with_a_wrong_key_refused(admin: Client):
    row = category("其他")
    said = {
        "name": "其他问题",
        "name_en": "Other",
        "icon": "dots",
        "catalogue_key": "",
        "appeal_type": "help",
        "position": "150",
        "active": "on",
    }
    address = f"{PAGES}category/{row.pk}/"
    assert admin.post(address, said).status_code == 302
    assert PlainCategory.objects.get(pk=row.pk).name == "其他问题"
    assert "目录中没有这个键" in admin.post(address, {**said, "catalogue_key": "x/1"}).content.decode()
    log = ChangeLog.objects.filter(verb="set_public_pages").latest("id")
    assert log.said["name"] == ["其他", "其他问题"]


def test_a_question_is_added_and_a_step_of_the_process_is_not(admin: Client):
    said = {"zh": "二加二等于几？", "en": "Two plus two?", "answers": "4,四", "active": "on"}
    assert admin.post(f"{PAGES}question/new/", said).status_code == 302
    assert PlainQuestion.objects.filter(zh=said["zh"]).exists()
    assert admin.get(f"{PAGES}word/new/").status_code == 404
    assert admin.get(f"{PAGES}nothing/1/").status_code == 404


def test_without_questions_a_sum_is_asked():
    PlainQuestion.objects.all().delete()
    assert "加" in ask(now=now()).text


def test_a_shift_leader_decides_on_one_order_and_sets_no_rows(client: Client):
    leader = people.enter(client, people.person("lena", Post.SHIFT_LEADER))
    case = a_case()
    said = {"number": case.number, "title": "路灯", "reason": "公开"}
    assert leader.post(f"{PAGES}clear/", said).status_code == 302
    assert Clearance.objects.get().title == "路灯"
    assert leader.get(f"{PAGES}category/new/").status_code == 403


def test_the_rehearsal_district_has_reports_of_residents():
    load_geography(now=now())
    assert (
        load_rehearsal_reports(now=now())
        == Report.objects.count()
        == Case.objects.filter(rehearsal=True).count()
    )
    assert Supporter.objects.exists()
    assert Case.objects.filter(secret=True, appeal_type="report").exists()


def test_traces_are_forgotten():
    old = now() - timedelta(days=3)
    RateHit.objects.create(rule="x", key="y", at=old)
    RateHit.objects.create(rule="x", key="y", at=now())
    SpentProof.objects.create(nonce="n", at=old)
    PhoneCheck.objects.create(phone_hash="p", code_hash="c", sent_at=old, expires_at=old)
    assert forget_traces(now=now()) == 3
    assert RateHit.objects.count() == 1

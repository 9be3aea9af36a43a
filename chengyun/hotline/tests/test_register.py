"""登记工单: the form, one order out of two presses, what is refused, what is shown beside it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengyun.cases.catalogue_actions import load_reference
from chengyun.cases.catalogue_queries import search_items
from chengyun.cases.jobs import forget_abandoned_uploads
from chengyun.cases.models import Attachment, Case, CaseEvent, Contact
from chengyun.cases.tests.files import photo
from chengyun.hotline.forms import OrderForm
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
ADDRESS = "/hotline/register/"


@pytest.fixture
def clerk(client: Client) -> Client:
    return people.enter(client, people.person("alice", Post.INTAKE))


def order(**changed: Any) -> dict[str, Any]:
    said = {
        "client_id": str(uuid.uuid4()),
        "channel": "phone",
        "name": "张三丰",
        "phone": "138-1234-5678",
        "secrecy": "default",
        "wants_reply": "on",
        "appeal_type": "complaint",
        "title": "楼道路灯不亮",
        "description": "昨晚起 3 号楼道路灯不亮，老人出行不便，要求尽快修复。",
        "urgency": "normal",
        "address": "友谊路 1600 弄",
        "then": "case",
    }
    return {name: value for name, value in {**said, **changed}.items() if value is not None}


def test_the_form_is_shown_with_a_number_of_its_own(clerk: Client):
    page = clerk.get(ADDRESS).content.decode()
    assert "登记工单" in page
    assert 'name="client_id" value="' in page
    assert 'data-draft="hotline-register"' in page


def test_an_order_is_taken_with_its_caller(clerk: Client):
    answer = clerk.post(ADDRESS, order())
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.state, case.channel, case.title) == (
        "hotline", "registered", "phone", "楼道路灯不亮",
    )  # fmt: skip
    assert case.wants_reply
    assert not case.secret
    assert case.due_at is not None
    contact = Contact.objects.get(case=case)
    assert (contact.name, contact.phone, contact.phone_tail) == ("张三丰", "13812345678", "5678")
    event = CaseEvent.objects.get(case=case)
    assert event.actor_name == "alice"


def test_after_saving_the_page_names_the_number_and_what_comes_next(clerk: Client):
    answer = clerk.post(ADDRESS, order(then="next"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert Case.objects.get().number in page
    assert "下一步由派遣员派单" in page


def test_two_presses_make_one_order(clerk: Client):
    said = order(then="next")
    clerk.post(ADDRESS, said)
    page = clerk.post(ADDRESS, said, follow=True).content.decode()
    assert Case.objects.count() == 1
    assert "没有重复登记" in page


def test_a_form_changed_after_it_was_taken_is_another_order(clerk: Client):
    said = order()
    clerk.post(ADDRESS, said)
    answer = clerk.post(ADDRESS, {**said, "title": "另一件事：井盖松动"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "内容有改动" in page
    assert "另一件事：井盖松动" in page
    assert said["client_id"] not in page  # sent once more, it is registered
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"title": ""}, "title", "请写标题"),
        ({"title": "长" * 101}, "title", "最多 100 字，现在 101 字"),
        ({"description": " "}, "description", "请写明"),
        ({"appeal_type": None}, "appeal_type", "请选择诉求类型"),
        ({"appeal_type": "wish"}, "appeal_type", "请从列出的类型中选"),
        ({"channel": "patrol"}, "channel", "请从列出的渠道中选"),
        ({"channel": None}, "channel", "请选择来源渠道"),
        ({"urgency": "now"}, "urgency", "请从列出的紧急程度中选"),
        ({"phone": "一三八"}, "phone", "电话应为数字"),
        ({"phone": ""}, "phone", "要求回复，请留联系电话"),
        ({"other_phone": "x"}, "other_phone", "电话应为数字"),
        ({"name": "名" * 61}, "name", "最多 60 字"),
        ({"channel": "city"}, "source_number", "请填市平台工单号"),
        ({"channel": "city", "source_number": "9" * 61}, "source_number", "最多 60 字，现在 61 字"),
        ({"longitude": "东", "latitude": "31.4"}, "longitude", "经度应是数字"),
        ({"longitude": "181", "latitude": "31.4"}, "longitude", "-180 到 180"),
        ({"longitude": "121.4", "latitude": "nan"}, "latitude", "纬度应是数字"),
        ({"longitude": "121.4", "latitude": "91"}, "latitude", "-90 到 90"),
        ({"latitude": "31.4"}, "longitude", "也要填经度"),
        ({"longitude": "121.4"}, "latitude", "也要填纬度"),
        ({"address": "长" * 301}, "address", "最多 300 字，现在 301 字"),
        ({"catalogue_text": "没有这种事"}, "catalogue_text", "目录中找不到"),
        ({"catalogue_key": "no/such"}, "catalogue_text", "目录中没有这一项"),
        ({"then": "resolve"}, "reply", "须写明答复内容"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(
    clerk: Client, changed: dict[str, Any], field: str, said: str
):
    answer = clerk.post(ADDRESS, order(**changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "昨晚起 3 号楼道" in page or field == "description"  # nothing typed is lost
    assert not Case.objects.exists()


def test_what_is_wrong_with_each_field_stands_at_that_field():
    form = OrderForm(order(title="", phone="x", longitude="东"), today=now().date())
    assert not form.is_valid()
    assert set(form.errors) == {"title", "phone", "longitude"}


def test_control_characters_are_refused(clerk: Client):
    answer = clerk.post(ADDRESS, order(title="路\x00灯"))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_number_of_the_city_is_taken_once(clerk: Client):
    city = {"channel": "city", "source_number": "SH2026112300017"}
    clerk.post(ADDRESS, order(**city))
    case = Case.objects.get()
    assert (case.source_system, case.source_number) == ("city", "SH2026112300017")
    answer = clerk.post(ADDRESS, order(**city))
    assert answer.status_code == 422
    assert "已登记过" in answer.content.decode()
    assert Case.objects.count() == 1


def test_a_report_of_wrongdoing_is_secret_unless_said_otherwise(clerk: Client):
    clerk.post(ADDRESS, order(appeal_type="report"))
    assert Case.objects.latest("pk").secret
    clerk.post(ADDRESS, order(appeal_type="report", secrecy="open"))
    assert not Case.objects.latest("pk").secret
    clerk.post(ADDRESS, order(secrecy="secret"))
    assert Case.objects.latest("pk").secret


def test_resolved_at_once_it_is_closed_with_the_reply(clerk: Client):
    clerk.post(
        ADDRESS, order(appeal_type="consultation", then="resolve", reply="材料清单见官网，可网上办理。")
    )
    case = Case.objects.get()
    assert case.state == "closed"
    assert case.closed_at is not None
    assert [event.verb for event in CaseEvent.objects.order_by("seq")] == ["register", "resolve_at_once"]


def test_a_class_is_understood_from_its_words(clerk: Client):
    load_reference(now=now())
    meant = search_items("噪声", ("appeals",))[0]
    clerk.post(ADDRESS, order(catalogue_text=meant.path))
    assert Case.objects.get().catalogue_key == meant.key


def test_a_class_of_another_process_is_refused(clerk: Client):
    load_reference(now=now())
    part = search_items("路灯", ("parts",))[0]
    assert "目录中没有这一项" in clerk.post(ADDRESS, order(catalogue_key=part.key)).content.decode()


def test_the_list_of_classes_answers_to_words(clerk: Client):
    load_reference(now=now())
    page = clerk.get(reverse("cases:items"), {"of": "hotline", "catalogue_text": "噪声"}).content.decode()
    assert 'role="option"' in page
    assert "db44t2479-2024/" in page
    assert "gbt47678" not in page


def test_files_come_with_the_order(clerk: Client):
    picture = SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")
    clerk.post(ADDRESS, order(files=[picture]))
    file = Attachment.objects.get()
    assert file.case == Case.objects.get()
    assert file.event_seq == 1


def test_a_file_that_is_not_what_it_says_is_refused_and_the_good_one_kept(clerk: Client):
    bad = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00 this is a program", "image/jpeg")
    good = SimpleUploadedFile("好.jpg", photo(), "image/jpeg")
    answer = clerk.post(ADDRESS, order(files=[bad, good]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "现场.jpg" in page
    kept = Attachment.objects.get()
    assert f'name="files_ids" value="{kept.pk}"' in page
    clerk.post(ADDRESS, order(files_ids=[kept.pk]))
    kept.refresh_from_db()
    assert kept.case == Case.objects.get()


def test_a_file_nobody_took_up_is_forgotten_after_two_days(clerk: Client):
    clerk.post(ADDRESS, order(title="", files=[SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]))
    clerk.post(ADDRESS, order(files=[SimpleUploadedFile("b.jpg", photo(), "image/jpeg")]))
    assert forget_abandoned_uploads(now=now() + timedelta(days=1)) == 0
    assert forget_abandoned_uploads(now=now() + timedelta(days=3)) == 1
    assert Attachment.objects.get().case == Case.objects.get()


def test_files_of_somebody_else_are_not_taken(clerk: Client):
    clerk.post(ADDRESS, order(title="", files=[SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]))
    waiting = Attachment.objects.get()
    other = people.enter(Client(), people.person("bob", Post.INTAKE))
    other.post(ADDRESS, order(files_ids=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.case is None


@pytest.mark.parametrize("post", [Post.UNIT, Post.DISPATCHER, Post.INSPECTOR, Post.ADMIN])
def test_other_posts_do_not_register(client: Client, post: Post):
    people.enter(client, people.person("bob", post))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, order()).status_code == 403
    assert client.post(ADDRESS + "earlier/", {"phone": "13812345678"}).status_code == 403
    assert not Case.objects.exists()


def test_earlier_orders_of_the_telephone_open_ones_first_and_masked(clerk: Client):
    clerk.post(ADDRESS, order(title="早先的事，电话 13812345678"))
    clerk.post(ADDRESS, order(title="已办的事", appeal_type="consultation", then="resolve", reply="已答复。"))
    page = clerk.post(ADDRESS + "earlier/", {"phone": "138 1234 5678"}).content.decode()
    assert "此号码有 2 件工单" in page
    assert page.index("早先的事") < page.index("已办的事")
    assert "13812345678" not in page
    assert "张三丰" not in page
    assert "张*" in page


def test_a_telephone_not_yet_typed_finds_nothing(clerk: Client):
    clerk.post(ADDRESS, order())
    for typed in ("", "138", "abc1234567"):
        assert "输入电话后" in clerk.post(ADDRESS + "earlier/", {"phone": typed}).content.decode()
    assert "此号码没有工单" in clerk.post(ADDRESS + "earlier/", {"phone": "13900000000"}).content.decode()

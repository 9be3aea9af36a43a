"""上报问题: one finding out of two presses, photos, what is known nearby, who may report as what."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from chengyun.cases.catalogue_actions import load_reference
from chengyun.cases.catalogue_queries import criteria_for, search_items
from chengyun.cases.models import Attachment, Case, Contact
from chengyun.cases.tests.files import photo, upload
from chengyun.cases.vocabulary import CriterionKind
from chengyun.kernel.clock import now
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people
from chengyun.patrol.actions import report_finding
from chengyun.ui.menu import entries_for

pytestmark = pytest.mark.django_db
ADDRESS = "/patrol/report/"
PLACE = {"longitude": "121.4892", "latitude": "31.4053"}


@pytest.fixture(autouse=True)
def _catalogues(db: None) -> None:
    load_reference(now=now())


@pytest.fixture
def walker() -> people.Someone:
    return people.person("ivan", Post.INSPECTOR)


@pytest.fixture
def phone(client: Client, walker: people.Someone) -> Client:
    return people.enter(client, walker)


def rubbish() -> dict[str, str]:
    """暴露垃圾, with the first of its conditions if it has any."""
    found = search_items("暴露垃圾", ("matters",), catalogues=["gbt47678.5-2026"])[0]
    offered = criteria_for(found.key, CriterionKind.CONDITION)
    return {"catalogue_key": found.key, **({"condition": offered[0].code} if offered else {})}


def finding(**changed: Any) -> dict[str, Any]:
    said = {
        "client_id": str(uuid.uuid4()),
        "channel": "patrol",
        **rubbish(),
        **PLACE,
        "accuracy": "12.5",
        "description": "垃圾桶旁堆了三袋生活垃圾。",
        "urgency": "normal",
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def test_a_finding_is_taken_with_its_photos(phone: Client, walker: people.Someone):
    answer = phone.post(ADDRESS, finding(before=[upload(photo()), upload(photo(mode="L"))]))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.state, case.channel) == ("grid", "reported", "patrol")
    assert case.reporter == walker.person
    assert (case.longitude, case.latitude, case.accuracy) == (121.4892, 31.4053, 12.5)
    assert case.title.startswith("暴露垃圾")
    assert case.due_at is not None
    assert Attachment.objects.filter(case=case, event_seq=1, kind="evidence").count() == 2


def test_two_presses_make_one_finding(phone: Client):
    said = finding(then="next")
    phone.post(ADDRESS, said)
    page = phone.post(ADDRESS, said, follow=True).content.decode()
    assert Case.objects.count() == 1
    assert "没有重复上报" in page


def test_a_form_changed_after_it_was_taken_is_another_finding(phone: Client):
    said = finding()
    phone.post(ADDRESS, said)
    page = phone.post(ADDRESS, {**said, "description": "另一处。", "still": "on"}).content.decode()
    assert "内容有改动" in page
    assert said["client_id"] not in page
    assert Case.objects.count() == 1


def test_the_same_class_nearby_is_shown_first(phone: Client):
    phone.post(ADDRESS, finding())
    first = Case.objects.get()
    near = {"longitude": "121.4893", "latitude": "31.4054"}
    answer = phone.post(ADDRESS, finding(**near))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "附近已有同类问题在办" in page
    assert first.number in page
    assert Case.objects.count() == 1
    phone.post(ADDRESS, finding(**near, still="on"))
    assert Case.objects.count() == 2


def test_another_class_or_another_place_is_not_held_up(phone: Client):
    phone.post(ADDRESS, finding())
    phone.post(ADDRESS, finding(longitude="121.4950"))
    assert Case.objects.count() == 2


def test_of_others_cases_nearby_only_that_they_exist(phone: Client):
    phone.post(ADDRESS, finding())
    case = Case.objects.get()
    other = people.enter(Client(), people.person("judy", Post.INSPECTOR))
    page = other.post(ADDRESS + "nearby/", {**PLACE, "catalogue_key": case.catalogue_key}).content.decode()
    assert "附近在办 1 件" in page
    assert "同一类别" in page
    assert case.number not in page


def test_a_place_without_coordinates_needs_words(phone: Client):
    nowhere = {"longitude": "", "latitude": ""}
    page = phone.post(ADDRESS, finding(**nowhere)).content.decode()
    assert "请定位、在地图上选点，或写明位置" in page
    phone.post(ADDRESS, finding(**nowhere, address="友谊路牡丹江路口东北角"))
    assert Case.objects.get().address == "友谊路牡丹江路口东北角"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"description": ""}, "请写明问题的情况"),
        ({"description": "长" * 20_001}, "最多 20000 字，现在 20001 字"),
        ({"catalogue_key": None}, "请选择类别"),
        ({"catalogue_key": "x/P/1"}, "目录中没有这一项"),
        ({"catalogue_key": None, "catalogue_text": "井盖"}, "请从列表中选定一项"),
        ({"condition": "no-such"}, "此类别没有这种情形"),
        ({"urgency": "soon"}, "请从列出的紧急程度中选"),
        ({"channel": "public"}, "请从列出的渠道中选"),
        ({"longitude": "东"}, "经度应是数字"),
        ({"latitude": "99"}, "-90 到 90"),
        ({"longitude": ""}, "也要填经度"),
        ({"self_handled": "on"}, "请附处理前的照片"),
        ({"self_handled": "on"}, "请附处理后的照片"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(phone: Client, changed: dict[str, Any], said: str):
    answer = phone.post(ADDRESS, finding(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Case.objects.exists()


def test_a_measured_accuracy_that_makes_no_sense_is_left_out(phone: Client):
    phone.post(ADDRESS, finding(accuracy="-3"))
    assert Case.objects.get().accuracy is None


def test_a_class_with_conditions_wants_one(phone: Client):
    key = next(
        one.key
        for one in search_items("井盖", ("parts",), 50, catalogues=["gbt47678.5-2026"])
        if criteria_for(one.key, CriterionKind.CONDITION)
    )
    page = phone.post(ADDRESS, finding(catalogue_key=key, condition=None)).content.decode()
    assert "请选择情形" in page
    fragment = phone.get(ADDRESS + "conditions/", {"catalogue_key": key}).content.decode()
    assert 'name="condition"' in fragment
    code = criteria_for(key, CriterionKind.CONDITION)[0].code
    phone.post(ADDRESS, finding(catalogue_key=key, condition=code))
    assert Case.objects.get().condition == code


def test_what_was_handled_on_the_spot_has_photos_of_both(phone: Client):
    said = finding(self_handled="on", before=[upload(photo())], after=[upload(photo(mode="L"))])
    phone.post(ADDRESS, said)
    case = Case.objects.get()
    assert case.state == "self_handled"
    assert sorted(case.attachments.values_list("kind", flat=True)) == ["after", "before"]


def test_a_photo_that_is_none_is_refused_and_the_others_kept(phone: Client):
    answer = phone.post(ADDRESS, finding(before=[upload(b"MZ not a photo", "x.jpg"), upload(photo())]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "x.jpg" in page
    kept = Attachment.objects.get()
    assert f'name="before_ids" value="{kept.pk}"' in page


def test_the_desk_enters_what_a_resident_reports(client: Client):
    people.enter(client, people.person("alice", Post.INTAKE))
    client.post(ADDRESS, finding(channel="public", name="李四", phone="13912345678"))
    case = Case.objects.get()
    assert (case.channel, case.reporter) == ("public", None)
    assert Contact.objects.get(case=case).phone == "13912345678"
    assert "电话应为数字" in client.post(ADDRESS, finding(channel="public", phone="x")).content.decode()


def test_an_inspector_leaves_no_caller(phone: Client):
    phone.post(ADDRESS, finding(name="李四", phone="13912345678"))
    assert not Contact.objects.exists()


def test_a_street_reports_as_a_street_and_follows_it(client: Client):
    someone = people.person("stella", Post.UNIT, unit=people.street("友谊路街道"))
    people.enter(client, someone)
    answer = client.post(ADDRESS, finding(channel="street"))
    assert answer.headers["Location"] == "/patrol/mine/"
    case = Case.objects.get()
    assert (case.channel, case.reporter) == ("street", someone.person)
    assert case.number in client.get("/patrol/mine/").content.decode()


def test_a_bureau_does_not_report(client: Client):
    someone = people.person("bob", Post.UNIT, unit=people.bureau("绿化局"))
    people.enter(client, someone)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, finding(channel="street")).status_code == 403
    assert "patrol:report" not in {entry.url_name for entry in entries_for(someone.actor)}
    with pytest.raises(NotAllowed):
        report_finding(finding(channel="street"), actor=someone.actor, now=now())
    assert not Case.objects.exists()


@pytest.mark.parametrize("post", [Post.CALLBACK, Post.LEADER, Post.AUDITOR])
def test_other_posts_do_not_report(client: Client, post: Post):
    people.enter(client, people.person("bob", post))
    assert client.get(ADDRESS).status_code == 403
    assert client.get("/patrol/tasks/").status_code == 403


def test_my_reports_are_mine(phone: Client):
    phone.post(ADDRESS, finding())
    number = Case.objects.get().number
    assert number in phone.get("/patrol/mine/").content.decode()
    other = people.enter(Client(), people.person("judy", Post.INSPECTOR))
    assert "还没有上报过" in other.get("/patrol/mine/").content.decode()


def test_my_tasks_are_what_waits_for_me_on_the_spot(phone: Client, walker: people.Someone):
    phone.post(ADDRESS, finding())
    assert "没有等您核实或核查的案件" in phone.get("/patrol/tasks/").content.decode()
    Case.objects.update(state="checking", inspector=walker.person)
    assert Case.objects.get().number in phone.get("/patrol/tasks/").content.decode()
    Case.objects.update(state="closed")
    assert "没有等您核实或核查的案件" in phone.get("/patrol/tasks/").content.decode()


def test_usual_classes_are_offered_again(phone: Client):
    assert "最近用过" not in phone.get(ADDRESS).content.decode()
    phone.post(ADDRESS, finding())
    page = phone.get(ADDRESS).content.decode()
    assert "最近用过" in page
    assert f'data-pick-item="{Case.objects.get().catalogue_key}"' in page

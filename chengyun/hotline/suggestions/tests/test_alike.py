"""Similar closed orders and possible repeats, beside a form that is being typed and beside a stored order."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.cases import search
from chengyun.cases.models import Case, CaseLink, Contact
from chengyun.cases.tests.scene import a_case
from chengyun.geography.models import Area, AreaKind
from chengyun.hotline.suggestions import actions, gathering
from chengyun.hotline.suggestions.loading import load_reference
from chengyun.hotline.suggestions.queries import possible_repeats, suggest_units
from chengyun.kernel.clock import local, now
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
LAMPS = "db44t2479-2024/030501"
TYPED = {
    "title": "友谊路 1600 弄路灯不亮",
    "description": "晚上走路看不清",
    "address": "友谊路1600弄",
    "phone": "13812345678",
}


class Scene:
    """A street with orders in it."""

    def __init__(self) -> None:
        self.street, self.other = Area.objects.filter(kind=AreaKind.STREET).order_by("code")[:2]
        self.community = Area.objects.filter(kind=AreaKind.COMMUNITY, parent=self.street).first()
        self.works, self.parks = people.bureau("区建管委"), people.bureau("区绿化局")
        self.alice = people.person("alice", Post.INTAKE)

    def order(self, title: str, *, days: float = 1, phone: str = "", **said: Any) -> Case:
        facts = {"state": "registered", "street": self.street, "registered_at": now() - timedelta(days=days)}
        case = a_case(title=title, **{**facts, **said})
        if phone:
            Contact.objects.create(case=case, name="张三丰", phone=phone, phone_tail=phone[-4:])
        search.index(case.pk, case.number, title, case.address)
        return case

    def closed(self, title: str, unit, **said: Any) -> Case:
        moment = now() - timedelta(days=20)
        return self.order(title, state="closed", closed_at=moment, lead_unit=unit, days=30, **said)

    def repeats(self, text: str = "友谊路路灯不亮", **said: Any):
        facts = {"phone": "", "longitude": None, "latitude": None, "street_id": self.street.pk}
        return possible_repeats(actor=self.alice.actor, text=text, now=now(), **{**facts, **said})


@pytest.fixture
def scene(district: None, db: None) -> Scene:
    return Scene()


def numbers(found) -> list[str]:
    return [one.number for one in found]


def test_near_in_place_and_meaning_is_a_repeat_with_its_reasons(scene):
    near = scene.order("友谊路上路灯都不亮", longitude=121.49, latitude=31.40)
    scene.order("友谊路上路灯都不亮", longitude=121.53, latitude=31.44)
    scene.order("楼上装修扰民", longitude=121.49, latitude=31.40)
    (one,) = [one for one in scene.repeats(longitude=121.4901, latitude=31.4) if "相距" in one.why]
    assert one.number == near.number
    assert re.search(r"相距 \d 米，说法相近 \d+%，1 天前登记", one.why)
    assert one.open


def test_the_same_community_or_almost_the_same_words_are_enough(scene):
    inside = scene.order("路灯不亮无人修", community=scene.community)
    same = scene.order("友谊路路灯不亮")
    scene.order("电梯困人")
    scene.order("友谊路路灯不亮", street=scene.other)
    found = scene.repeats(community_id=scene.community.pk)
    assert set(numbers(found)) == {inside.number, same.number}
    assert {one.why.split("，")[0] for one in found} == {"同一居村", "同一街镇"}


def test_the_same_caller_counts_only_for_those_who_take_orders_in(scene):
    hers = scene.order("楼道堆物", phone="13812345678", street=scene.other)
    found = scene.repeats(phone="138-1234-5678")
    assert numbers(found) == [hers.number]
    assert "同一来电号码" in found[0].why
    scene.alice = people.person("bob", Post.DISPATCHER)
    assert scene.repeats(phone="13812345678") == []


def test_the_same_address_is_found_in_an_older_order_of_any_street(scene):
    same = scene.order("路灯坏", address="友谊路1600弄3号", street=scene.other, catalogue_key=LAMPS)
    found = scene.repeats(address="友谊路1600弄", catalogue_key=LAMPS)
    assert numbers(found) == [same.number]
    assert found[0].why.startswith("同一地址，同一类别")


def test_what_is_old_merged_void_or_itself_is_no_repeat(scene):
    scene.order("友谊路路灯不亮", days=120)
    scene.order("友谊路路灯不亮", state="merged")
    scene.order("友谊路路灯不亮", state="void")
    scene.order("友谊路路灯不亮", kind="grid")
    itself = scene.order("友谊路路灯不亮")
    assert scene.repeats(without=itself.pk) == []


def test_open_ones_come_first_and_no_more_than_six(scene):
    scene.closed("友谊路路灯不亮", scene.works)
    for _ in range(7):
        scene.order("友谊路路灯不亮了")
    found = scene.repeats()
    assert len(found) == 6
    assert all(one.open for one in found)


def test_units_of_similar_closed_orders_are_counted(scene):
    for number in range(9):
        scene.closed(f"友谊路路灯不亮{number}", scene.works)
    for number in range(3):
        scene.closed(f"路灯不亮{number}", scene.parks)
    scene.closed("电梯困人", scene.parks)
    said = {"catalogue_key": "", "street_id": scene.street.pk, "community_id": None}
    found = suggest_units(**said, text="友谊路路灯不亮", on=local(now()).date())
    assert found[0].name == "区建管委"
    assert found[0].why == "12 件类似的已办结工单中 9 件由它办理"
    assert found[1].why == "12 件类似的已办结工单中 3 件由它办理"


def test_too_few_similar_orders_tell_nothing(scene):
    scene.closed("友谊路路灯不亮", scene.works)
    said = {"catalogue_key": "", "street_id": scene.street.pk, "community_id": None}
    assert "区建管委" not in [
        one.name for one in suggest_units(**said, text="路灯不亮", on=local(now()).date())
    ]


def test_the_fragment_suggests_and_fills_nothing_by_itself(scene, client: Client):
    load_reference(now=now())
    people.enter(client, scene.alice)
    case = scene.order("友谊路1600弄路灯不亮", phone="13812345678", address="友谊路1600弄")
    page = client.post(reverse("hotline:suggest"), TYPED).content.decode()
    assert f'data-pick-item="{LAMPS}"' in page
    assert "文中提到：“路灯不亮”" in page
    assert (
        f'data-fill-field="repeat_of" data-fill-value="{case.number}" data-fill-also="repeat_how=merge"'
        in page
    )
    assert "同一来电号码" in page
    assert 'value="13812345678"' not in page
    page = client.post(
        reverse("hotline:suggest"), {**TYPED, "repeat_of": case.number, "repeat_how": "merge"}
    ).content.decode()
    assert f"登记后并入 {case.number}" in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "路"},
        {"title": "好" * 200, "description": "噪" * 1_000_000},
        {
            "title": "<script>alert(1)</script>🎈\x00",
            "phone": "9" * 4000,
            "longitude": "nan",
            "latitude": "1e999",
        },
        {
            "title": "路灯不亮了",
            "catalogue_key": "nix' OR 1=1",
            "address": '1" AND (',
            "longitude": "999",
            "latitude": "x",
        },
    ],
)
def test_whatever_is_typed_the_fragment_answers(scene, client: Client, typed):
    people.enter(client, scene.alice)
    answer = client.post(reverse("hotline:suggest"), typed)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_the_fragment_takes_the_same_few_queries_however_many_orders_there_are(
    scene, django_assert_max_num_queries
):
    load_reference(now=now())
    for number in range(30):
        scene.order(f"友谊路1600弄路灯不亮{number}", phone="13812345678", address="友谊路1600弄")
    gathering.gather(TYPED, actor=scene.alice.actor, now=now())
    with django_assert_max_num_queries(16):
        gathering.gather(TYPED, actor=scene.alice.actor, now=now())


def test_the_order_being_typed_stands_beside_a_stored_one(scene, client: Client):
    people.enter(client, scene.alice)
    case = scene.order("友谊路1600弄路灯不亮", phone="13812345678", address="友谊路1600弄")
    page = client.post(reverse("hotline:suggest-beside", args=[case.number]), TYPED).content.decode()
    assert "正在登记的工单" in page
    assert "相同" in page
    assert "138****5678" in page
    assert client.post(reverse("hotline:suggest-beside", args=["RX-NO"]), TYPED).status_code == 404


def test_an_order_is_linked_once_and_merged_by_whom_the_process_lets(scene):
    first, second = scene.order("路灯不亮"), scene.order("路灯还是不亮")
    said = {"actor": scene.alice.actor, "now": now()}
    actions.tie_repeat(second.pk, first.number, "link", **said)
    actions.tie_repeat(first.pk, second.number, "link", **said)
    assert list(CaseLink.objects.values_list("case_id", "other_id", "kind")) == [
        (second.pk, first.pk, "related")
    ]
    actions.tie_repeat(second.pk, first.number, "merge", **said)
    actions.tie_repeat(second.pk, first.number, "merge", **said)
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == ("merged", first.pk)


def test_what_cannot_be_tied_is_refused_in_words(scene):
    case, other = scene.order("路灯不亮"), scene.order("路灯不亮", state="dispatched")
    said = {"actor": scene.alice.actor, "now": now()}
    for number, how, field in (
        (case.number, "link", "repeat_of"),
        ("RX-NO", "merge", "repeat_of"),
        (other.number, "burn", "repeat_how"),
    ):
        with pytest.raises(Invalid) as wrong:
            actions.tie_repeat(case.pk, number, how, **said)
        assert set(wrong.value.fields) == {field}
    with pytest.raises(NotThere):
        actions.tie_repeat(0, case.number, "link", **said)
    with pytest.raises(Refused, match="派遣员或值班长"):
        actions.tie_repeat(other.pk, case.number, "merge", **said)
    bob = people.person("bob", Post.UNIT).actor
    with pytest.raises(NotAllowed):
        actions.tie_repeat(case.pk, other.number, "link", actor=bob, now=now())
    assert not CaseLink.objects.exists()


def test_two_orders_stand_side_by_side_and_are_tied_there(scene, client: Client):
    people.enter(client, scene.alice)
    first, second = scene.order("路灯不亮"), scene.order("路灯不亮", phone="13812345678")
    address = reverse("hotline:compare", args=[second.number, first.number])
    page = client.get(address).content.decode()
    assert "138****5678" in page
    assert client.post(address, {"how": "burn"}).status_code == 422
    page = client.post(address, {"how": "link"}, follow=True).content.decode()
    assert f"{second.number} 已与 {first.number} 关联" in page
    page = client.post(address, {"how": "merge"}, follow=True).content.decode()
    assert f"{second.number} 已并入 {first.number}" in page
    assert client.get(reverse("hotline:compare", args=["x", "y"])).status_code == 404

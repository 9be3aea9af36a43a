"""目录: editions side by side, items and criteria, what an administrator may change."""

from __future__ import annotations

import pytest
from django.test import Client

from chengyun.cases.actions import criteria
from chengyun.cases.catalogue_actions import load_reference
from chengyun.cases.catalogue_queries import criteria_for, item
from chengyun.cases.models import CatalogueCriterion
from chengyun.cases.vocabulary import CriterionKind
from chengyun.kernel.clock import now
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.organisation.models import ChangeLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
CLASS, LEAF = "gbt47678.5-2026/M/06", "gbt47678.5-2026/M/06010"


@pytest.fixture(autouse=True)
def _catalogues(db: None) -> None:
    load_reference(now=now())


@pytest.fixture
def admin() -> people.Someone:
    return people.person("root", Post.ADMIN)


@pytest.fixture
def desk(client: Client, admin: people.Someone) -> Client:
    return people.enter(client, admin)


@pytest.fixture
def reader(client: Client) -> Client:
    return people.enter(client, people.person("alice", Post.INTAKE))


def test_editions_stand_side_by_side(reader: Client):
    page = reader.get("/catalogue/").content.decode()
    for code in ("gbt47678.5-2026", "gbt30428.2-2013", "db44t2479-2024"):
        assert code in page
    assert "市容环境类" in page


def test_search_finds_in_every_edition_and_says_what_it_became(reader: Client):
    page = reader.get("/catalogue/", {"q": "店面无证装修"}).content.decode()
    assert page.count("店面无证装修</a>") >= 2
    assert "06002 店面无证装修" in page
    assert "目录中找不到" in reader.get("/catalogue/", {"q": "飞碟"}).content.decode()


def test_comparison_lists_every_old_item(reader: Client):
    page = reader.get("/catalogue/comparison/").content.decode()
    assert "0110" in page
    gone = reader.get("/catalogue/comparison/", {"only": "gone"}).content.decode()
    assert "没有对应" in gone
    assert reader.get("/catalogue/comparison/", {"only": "renamed"}).status_code == 200


def test_an_item_has_its_page(reader: Client):
    page = reader.get("/catalogue/item/", {"key": LEAF}).content.decode()
    assert "暴露垃圾" in page
    assert "立案条件" in page
    assert "停用" not in page.split("<main")[1].split("</main>")[0].replace("已停用", "")
    assert reader.get("/catalogue/item/", {"key": "no/such"}).status_code == 404
    assert reader.get("/catalogue/item/").status_code == 404


def test_an_administrator_adds_and_retires_a_local_item(desk: Client):
    address = f"/catalogue/item/add/?key={CLASS}"
    assert "06901 到 06999" in desk.get(address).content.decode()
    assert desk.post(address, {"code": "06001", "name": "共享陪伴车乱放"}).status_code == 422
    assert desk.post(address, {"code": "06901", "name": ""}).status_code == 422
    assert desk.post(address, {"code": "06901", "name": "共享陪伴车乱放"}).status_code == 302
    key = "gbt47678.5-2026/M/06901"
    assert item(key).local
    assert "共享陪伴车乱放" in desk.get("/catalogue/item/", {"key": CLASS}).content.decode()
    retire = f"/catalogue/item/retire/?key={key}"
    assert desk.post(retire, {"reason": "短"}).status_code == 422
    assert desk.post(retire, {"reason": "试行结束，并入 06010"}).status_code == 302
    assert not item(key).active
    assert ChangeLog.objects.filter(verb="change_catalogue", subject="item").count() == 2


def test_an_administrator_adds_rewords_and_retires_a_criterion(desk: Client):
    address = f"/catalogue/item/criteria/add/?key={LEAF}"
    said = {
        "kind": "condition",
        "code": "",
        "words": "堆放超过一立方米",
        "provenance": "区市容所 2026 年口径",
    }
    assert desk.post(address, said).status_code == 302
    row = CatalogueCriterion.objects.get(text="堆放超过一立方米")
    assert row.code == "condition-1"
    assert [one.text for one in criteria_for(LEAF, CriterionKind.CONDITION)] == ["堆放超过一立方米"]
    change = f"/catalogue/criteria/{row.pk}/"
    assert desk.post(change, {"words": "", "provenance": "x"}).status_code == 422
    assert desk.post(change, {"words": "堆放一立方米以上", "provenance": "同上"}).status_code == 302
    assert criteria_for(LEAF, CriterionKind.CONDITION)[0].text == "堆放一立方米以上"
    assert desk.post(f"{change}retire/", {"reason": ""}).status_code == 422
    assert desk.post(f"{change}retire/", {"reason": "口径作废"}).status_code == 302
    assert desk.get(change).status_code == 404
    # Its code may stand in time limits, so it is not given out again.
    assert desk.post(address, said).status_code == 302
    assert criteria_for(LEAF, CriterionKind.CONDITION)[0].code == "condition-2"
    log = ChangeLog.objects.filter(subject="criterion").order_by("pk")
    assert [entry.said.get("text") for entry in log][:2] == [
        [None, "堆放超过一立方米"],
        ["堆放超过一立方米", "堆放一立方米以上"],
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "whim"}, "kind"),
        ({"code": "有字"}, "code"),
        ({"code": "x" * 21}, "code"),
        ({"words": ""}, "words"),
        ({"words": "长" * 201}, "words"),
        ({"provenance": ""}, "provenance"),
    ],
)
def test_a_wrong_criterion_is_named(admin: people.Someone, changed, field: str):
    said = {"kind": "file", "code": "", "words": "有垃圾", "provenance": "区规定", **changed}
    kind = said.pop("kind")
    with pytest.raises(Invalid) as caught:
        criteria.add_criterion(LEAF, kind, **said, actor=admin.actor, now=now())
    assert field in caught.value.fields
    assert not CatalogueCriterion.objects.filter(text="有垃圾").exists()


def test_a_code_is_given_once(admin: people.Someone):
    said = {"code": "big", "words": "大", "provenance": "区规定", "actor": admin.actor, "now": now()}
    criteria.add_criterion(LEAF, "condition", **said)
    with pytest.raises(Invalid, match="已被使用"):
        criteria.add_criterion(LEAF, "condition", **said)
    with pytest.raises(NotThere):
        criteria.add_criterion("no/such", "condition", **said)


@pytest.mark.parametrize(
    "address", ["item/add/", "item/retire/", "item/criteria/add/", "criteria/1/", "criteria/1/retire/"]
)
def test_others_only_read(reader: Client, address: str):
    assert reader.get(f"/catalogue/{address}", {"key": CLASS}).status_code == 403
    assert reader.post(f"/catalogue/{address}?key={CLASS}", {"reason": "随便停用"}).status_code == 403


def test_the_action_asks_for_the_post_itself():
    alice = people.person("alice", Post.INTAKE).actor
    with pytest.raises(NotAllowed):
        criteria.retire_criterion(1, reason="随便停用", actor=alice, now=now())

"""流程参数 and 用语: dated rows that are closed and not overwritten, words that change everywhere, all of it logged."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from chengyun.cases.actions.settings import set_label, set_rule
from chengyun.cases.labels import label_of, state_label, words_of
from chengyun.cases.models import Label, LoopRule
from chengyun.cases.rule_names import BOUNDS, RuleName
from chengyun.cases.rules import load_reference
from chengyun.cases.world import surroundings
from chengyun.kernel.clock import local, now
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.organisation.models import ChangeLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/rules/hotline/most_extensions/"


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_reference(now=now())


@pytest.fixture
def admin() -> people.Someone:
    return people.person("root", Post.ADMIN)


def today() -> date:
    return local(now()).date()


def new_value(**changed):
    return {
        "value": Decimal(2),
        "valid_from": today(),
        "source": "区热线办〔2026〕8号",
        "provenance": "primary",
        "confirmed": True,
        **changed,
    }


def in_force(process: str = "hotline", name: str = "most_extensions") -> Decimal:
    return surroundings(now()).rule(process, name)


def test_a_new_value_closes_the_old_row_and_applies_at_once(admin: people.Someone):
    assert in_force() == 1
    row = set_rule("hotline", "most_extensions", **new_value(), actor=admin.actor, now=now())
    old = LoopRule.objects.get(process="hotline", name="most_extensions", valid_from=date(2020, 1, 1))
    assert old.value == 1
    assert old.valid_until == today() - timedelta(days=1)
    assert (row.valid_from, row.valid_until, row.confirmed) == (today(), None, True)
    assert in_force() == 2


def test_a_value_for_later_waits_for_its_day(admin: people.Someone):
    later = today() + timedelta(days=30)
    set_rule("hotline", "most_extensions", **new_value(valid_from=later), actor=admin.actor, now=now())
    assert in_force() == 1
    assert surroundings(now() + timedelta(days=31)).rule("hotline", "most_extensions") == 2
    # One in between ends where the later one begins.
    set_rule("hotline", "most_extensions", **new_value(value=Decimal(3)), actor=admin.actor, now=now())
    rows = LoopRule.objects.filter(process="hotline", name="most_extensions").order_by("valid_from")
    assert [(int(row.value), row.valid_until) for row in rows] == [
        (1, today() - timedelta(days=1)),
        (3, later - timedelta(days=1)),
        (2, None),
    ]


def test_the_same_day_again_replaces_the_row_and_the_log_keeps_both(admin: people.Someone):
    for value in (2, 4):
        said = new_value(value=Decimal(value))
        set_rule("hotline", "most_extensions", **said, actor=admin.actor, now=now())
    assert LoopRule.objects.filter(process="hotline", name="most_extensions").count() == 2
    log = ChangeLog.objects.filter(verb="set_loop_rule").order_by("pk")
    assert [entry.said["value"] for entry in log] == [["1.00", "2"], ["2.00", "4"]]
    assert log[0].verb_label == "修改流程参数"
    assert log[0].by_name == "root"


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"value": Decimal("1.5")}, "value", "整数"),
        ({"value": Decimal(21)}, "value", "0 到 20"),
        ({"value": Decimal(-1)}, "value", "0 到 20"),
        ({"value": Decimal("NaN")}, "value", "0 到 20"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from", "今天或以后"),
        ({"source": " "}, "source", "请填写"),
        ({"source": "长" * 201}, "source", "最多 200"),
        ({"provenance": "rumour"}, "provenance", "可靠程度"),
        ({"note": "长" * 201}, "note", "最多 200"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_changes(admin: people.Someone, changed, field: str, said: str):
    with pytest.raises(Invalid) as caught:
        set_rule("hotline", "most_extensions", **new_value(**changed), actor=admin.actor, now=now())
    assert said in caught.value.fields[field]
    assert in_force() == 1
    assert not ChangeLog.objects.filter(verb="set_loop_rule").exists()


def test_only_an_administrator_sets_rules_and_words(client: Client):
    leader = people.person("carol", Post.SHIFT_LEADER)
    with pytest.raises(NotAllowed):
        set_rule("hotline", "most_extensions", **new_value(), actor=leader.actor, now=now())
    with pytest.raises(NotAllowed):
        set_label("grid", "state", "checking", zh="复查中", actor=leader.actor, now=now())
    people.enter(client, leader)
    assert client.get("/settings/rules/").status_code == 200
    assert client.get("/settings/words/").status_code == 200
    assert client.get(ADDRESS).status_code == 403
    assert client.get("/settings/words/grid/state/checking/").status_code == 403


def test_there_is_no_rule_of_that_name(client: Client, admin: people.Someone):
    with pytest.raises(NotThere):
        set_rule("hotline", "most_wishes", **new_value(), actor=admin.actor, now=now())
    people.enter(client, admin)
    assert client.get("/settings/rules/hotline/most_wishes/").status_code == 404


def test_every_rule_that_ships_has_a_name_and_bounds():
    for row in LoopRule.objects.all():
        assert RuleName(row.name).zh
        assert BOUNDS[row.name].holds(row.value)


def test_the_pages_of_rules(client: Client, admin: people.Someone):
    people.enter(client, admin)
    page = client.get("/settings/rules/").content.decode()
    assert "最多延期次数" in page
    assert "未经证实" in page
    said = {**new_value(), "confirmed": "on", "note": "", "value": "2"}
    assert client.post(ADDRESS, {**said, "value": "many"}).status_code == 422
    assert client.post(ADDRESS, {**said, "value": "99"}).status_code == 422
    assert client.post(ADDRESS, said).status_code == 302
    page = client.get("/settings/rules/").content.decode()
    assert "区热线办〔2026〕8号" in page
    assert "已核实" in page
    assert "以前 1 次" in page


def test_the_centres_own_word_is_used_in_its_language(admin: people.Someone):
    assert label_of("grid", "state", "checking") == "核查中"
    set_label("grid", "state", "checking", zh="现场复核中", actor=admin.actor, now=now())
    assert label_of("grid", "state", "checking") == "现场复核中"
    assert state_label("grid", "closed") == ("已结案", "good")
    with translation.override("en"):
        assert label_of("grid", "state", "checking") == "Being checked"
    set_label("grid", "state", "checking", zh="现场复核中", en="On-site review", actor=admin.actor, now=now())
    with translation.override("en"):
        assert label_of("grid", "state", "checking") == "On-site review"
    set_label("grid", "state", "checking", zh="", actor=admin.actor, now=now())
    assert label_of("grid", "state", "checking") == "核查中"
    assert not Label.objects.exists()
    assert ChangeLog.objects.filter(verb="set_label").count() == 3


def test_an_unknown_thing_is_called_by_its_name():
    assert label_of("grid", "state", "nowhere") == "nowhere"
    assert label_of("nothing", "state", "filed") == "filed"
    assert state_label("grid", "nowhere") == ("nowhere", "calm")


def test_two_states_may_not_be_called_the_same(admin: people.Someone):
    with pytest.raises(Invalid, match="核查中"):
        set_label("grid", "state", "verifying", zh="核查中", actor=admin.actor, now=now())
    # But the two can change places, one after the other, over a third word.
    for name, word in (("checking", "复查中"), ("verifying", "核查中"), ("checking", "核实中")):
        set_label("grid", "state", name, zh=word, actor=admin.actor, now=now())
    assert label_of("grid", "state", "checking") == "核实中"


@pytest.mark.parametrize(
    ("words", "field"), [({"zh": "长" * 41}, "zh"), ({"zh": "", "en": "x"}, "zh"), ({"zh": "x\x00"}, "zh")]
)
def test_a_wrong_word_is_named(admin: people.Someone, words, field: str):
    with pytest.raises(Invalid) as caught:
        set_label("grid", "state", "checking", **words, actor=admin.actor, now=now())
    assert field in caught.value.fields


def test_the_pages_of_words(client: Client, admin: people.Someone):
    people.enter(client, admin)
    assert "核查通过" in client.get("/settings/words/", {"process": "grid"}).content.decode()
    assert client.get("/settings/words/", {"process": "x"}).status_code == 200
    assert client.post("/settings/words/grid/verb/pass_check/", {"zh": "复核通过吗"}).status_code == 302
    page = client.get("/settings/words/", {"process": "grid"}).content.decode()
    assert "复核通过吗" in page
    assert client.post("/settings/words/grid/verb/pass_check/", {"zh": "核查不通过"}).status_code == 422
    for wrong in ("grid/verb/fly", "x/verb/file", "grid/post/file"):
        assert client.get(f"/settings/words/{wrong}/").status_code == 404


def test_every_thing_of_a_process_has_words():
    for process in ("hotline", "grid"):
        for thing in ("state", "verb", "timer"):
            assert all(word.zh and word.en for word in words_of(process, thing))

"""Classes by words, names and a learnt model; every suggestion with the words that counted."""

from __future__ import annotations

import pytest

from chengyun.cases.catalogue_actions import load_reference as load_catalogues
from chengyun.cases.models import CatalogueItem
from chengyun.hotline.models import ClassWord
from chengyun.hotline.suggestions import actions
from chengyun.hotline.suggestions.classes.lexicon import Lexicon
from chengyun.hotline.suggestions.classes.suggesting import DESK_MODEL, forget, suggest_classes
from chengyun.hotline.suggestions.learning import store, training
from chengyun.hotline.suggestions.loading import load_reference, table
from chengyun.kernel.clock import local, now
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

LAMPS, NOISE = "db44t2479-2024/030501", "db44t2479-2024/040201"
NAMES = {"a": "噪声污染", "b": "拖欠、克扣工资", "c": "其他公共设施", "d": "公共设施"}


def test_the_longer_word_wins_and_the_title_counts_for_more():
    lexicon = Lexicon(NAMES, [("路灯", "d"), ("小区路灯", "a"), ("着火", "b"), ("我", "c")])
    assert [one.key for one in lexicon.find("小区路灯坏了", 3)] == ["a"]
    title, body = lexicon.find("路灯坏了\n别的", 1)[0], lexicon.find("别的\n路灯坏了", 1)[0]
    assert title.score > body.score
    assert title.words == ("路灯",)
    assert lexicon.find("我家火大", 3) == []  # one character alone, or half a word, names nothing


def test_a_name_of_a_class_is_a_word_too_but_not_that_of_the_rest():
    lexicon = Lexicon(NAMES, [])
    found = lexicon.find("老板拖欠工资，克扣工资", 3)
    assert [one.key for one in found] == ["b"]
    assert [one.key for one in lexicon.find("公共设施坏了", 3)] == ["d"]


@pytest.fixture
def words(db) -> None:
    load_catalogues(now=now())
    load_reference(now=now())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("友谊路近牡丹江路路灯不亮", "公共设施"),
        ("公司拖欠工资三个月", "拖欠、克扣工资"),
        ("工地 半夜 噪音 扰民", "噪声污染"),
        ("小区电梯坏了一周", "电梯问题"),
        ("河道里有很多垃圾", "河道"),
        ("店铺关门不退款", "售后服务"),
    ],
)
def test_a_fresh_installation_knows_what_callers_say(words, text, name):
    found = suggest_classes(text, on=local(now()).date())
    assert 0 < len(found) <= 3
    assert name in [one.label.rpartition(" / ")[2] for one in found][:2]
    assert all("文中提到：“" in one.why and 0 < one.score < 1 for one in found)


def test_nothing_is_made_up_where_nothing_is_known(words):
    assert suggest_classes("你好请问") == []
    assert suggest_classes("") == []
    assert suggest_classes("🎈" * 5000) == []


def test_every_word_that_ships_names_a_leaf_in_use(words):
    leaves = set(CatalogueItem.objects.filter(active=True).values_list("key", flat=True))
    assert {row["catalogue_key"] for row in table("class_words.csv")} <= leaves
    assert ClassWord.objects.count() == len(table("class_words.csv"))


def test_a_word_is_added_and_retired_and_stays_so_after_an_upgrade(words):
    alice, bob = people.person("alice", Post.ADMIN).actor, people.person("bob", Post.UNIT).actor
    with pytest.raises(NotAllowed):
        actions.add_word("灯泡", LAMPS, source="", actor=bob, now=now())
    with pytest.raises(Invalid) as wrong:
        actions.add_word("灯", "nix", source="", actor=alice, now=now())
    assert set(wrong.value.fields) == {"word", "catalogue_text"}
    assert suggest_classes("楼前的高杆灯灭了") == []
    row = actions.add_word("高杆灯", LAMPS, source="接线员反映", actor=alice, now=now())
    assert [one.key for one in suggest_classes("楼前的高杆灯灭了")] == [LAMPS]
    actions.retire_word(row.pk, actor=alice, now=now())
    assert suggest_classes("楼前的高杆灯灭了") == []
    lamp = ClassWord.objects.get(word="路灯不亮", catalogue_key=LAMPS)
    actions.retire_word(lamp.pk, actor=alice, now=now())
    load_reference(now=now())
    assert not ClassWord.objects.get(pk=lamp.pk).active


def test_what_the_desk_learnt_stands_before_words_and_says_so(words):
    said = [f"{n}号 亮化 设施 罢工" for n in range(8)] + [f"{n}号 轰隆 轰隆 声" for n in range(8)]
    model, scores = training.learn(said, [LAMPS] * 8 + [NOISE] * 8)
    store.keep(DESK_MODEL, model, scores, data_source="test", data_digest="", now=now())
    forget()
    first = suggest_classes("亮化设施罢工了，工地也吵")[0]
    assert first.key == LAMPS
    assert first.why.startswith("与以往此类工单的用词相同")
    assert any(one.why.startswith("文中提到") for one in suggest_classes("亮化设施罢工，拖欠工资"))


def test_a_model_of_other_labels_or_a_lost_file_leaves_the_words(words):
    model, scores = training.learn(
        [f"{n}路灯" for n in range(6)] + [f"{n}噪音" for n in range(6)], ["甲"] * 6 + ["乙"] * 6
    )
    kept = store.keep(DESK_MODEL, model, scores, data_source="test", data_digest="", now=now())
    forget()
    assert [one.key for one in suggest_classes("路灯不亮")] == [LAMPS]
    kept.path.unlink()
    store.keep(
        DESK_MODEL,
        *training.learn([f"{n}灯" for n in range(6)] + [f"{n}声" for n in range(6)], ["丙"] * 6 + ["丁"] * 6),
        data_source="t",
        data_digest="",
        now=now(),
    ).path.unlink()
    forget()
    assert [one.key for one in suggest_classes("路灯不亮")] == [LAMPS]

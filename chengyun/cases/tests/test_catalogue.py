"""Catalogues: what ships is whole, loading is safe to repeat, local items keep to their range."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from chengyun.cases import catalogue_actions, catalogue_queries, reference_rows
from chengyun.cases.models import Catalogue, CatalogueCriterion, CatalogueItem, CatalogueMapping
from chengyun.cases.vocabulary import CriterionKind
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ADMIN = Actor(person_id=None, name="管理员", holdings=(Holding("admin", 1),))
CLERK = Actor(person_id=None, name="张三", holdings=(Holding("intake", 1),))


@pytest.fixture
def loaded(db):
    catalogue_queries.forget()
    catalogue_actions.load_reference(NOW)
    yield
    catalogue_queries.forget()


def the(key: str) -> catalogue_queries.Item:
    """The item of that key, which must be there."""
    found = catalogue_queries.item(key)
    assert found is not None
    return found


def the_catalogue(kind: str, on: date) -> Catalogue:
    """The catalogue in force, which must be there."""
    found = catalogue_queries.current_catalogue(kind, on)
    assert found is not None
    return found


def names(text: str, **said: Any) -> list[str]:
    """Names of what a search finds."""
    return [item.name for item in catalogue_queries.search_items(text, **said)]


def leaves(catalogue: str, kind: str) -> list[reference_rows.ItemRow]:
    return [
        row
        for row in reference_rows.items()
        if row.catalogue == catalogue and row.kind == kind and row.level == (3 if kind == "appeals" else 2)
    ]


def test_the_standards_are_whole():
    parts = leaves(reference_rows.NEW, "parts")
    matters = leaves(reference_rows.NEW, "matters")
    assert len(parts) == 153
    assert len(matters) == 250
    assert sum(row.name.endswith("异常") for row in matters) == 153
    assert len(leaves(reference_rows.APPEALS, "appeals")) == 515
    keys = [row.key for row in reference_rows.items()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("side", "counts"),
    [
        ("P", {"01": 76, "02": 44, "03": 16, "04": 14, "05": 3}),
        ("M", {"06": 51, "07": 7, "08": 16, "09": 21, "10": 2}),
    ],
)
def test_each_class_has_the_stated_number(side, counts):
    found = [
        row for row in reference_rows.items() if row.catalogue == reference_rows.NEW and row.side == side
    ]
    assert {code: sum(row.parent_code == code for row in found) for code in counts} == counts


def test_every_reference_row_points_at_something_that_is_there():
    keys = {row.key for row in reference_rows.items()}
    parents = {(row.catalogue, row.side, row.code) for row in reference_rows.items()}
    for row in reference_rows.items():
        assert not row.parent_code or (row.catalogue, row.side, row.parent_code) in parents
    for pair in reference_rows.table("mapping.csv"):
        assert pair["old_key"] in keys
        assert pair["new_key"] in keys or (pair["new_key"] == "" and pair["note"])
    assert {row["key"] for row in reference_rows.table("criteria.csv")} <= keys


def test_loading_is_safe_to_repeat(db):
    first = catalogue_actions.load_reference(NOW)
    assert first["items"] == CatalogueItem.objects.count() > 1000
    assert catalogue_actions.load_reference(NOW) == dict.fromkeys(first, 0)


def test_loading_again_keeps_what_the_district_changed(loaded):
    key = f"{reference_rows.NEW}/M/06007"
    catalogue_actions.retire_item(key, reason="本区不单列", actor=ADMIN, now=NOW)
    CatalogueCriterion.objects.filter(item__key=f"{reference_rows.NEW}/M/06", code="file-1").update(
        text="本区写法"
    )
    catalogue_actions.load_reference(NOW)
    assert the(key).active is False
    assert catalogue_queries.criteria_for(key, CriterionKind.FILE)[0].text == "本区写法"


def test_a_mistake_in_an_official_name_is_mended(loaded):
    CatalogueItem.objects.filter(key=f"{reference_rows.NEW}/M/06010").update(name="错字")
    catalogue_actions.load_reference(NOW)
    assert the(f"{reference_rows.NEW}/M/06010").name == "暴露垃圾"


def test_the_catalogue_in_force_depends_on_the_day(loaded):
    assert the_catalogue("parts", date(2026, 6, 30)).code == reference_rows.OLD
    newer = the_catalogue("parts", date(2026, 7, 1))
    assert newer.code == reference_rows.NEW
    assert Catalogue.objects.get(code=reference_rows.OLD, kind="parts").replaced_by == newer
    assert catalogue_queries.current_catalogue("matters", date(2001, 1, 1)) is None


def test_searching_finds_by_name_code_class_and_likeness(loaded):
    assert names("暴露垃圾", catalogues=[reference_rows.NEW])[0] == "暴露垃圾"
    assert names("06010", kinds=["matters"]) == ["暴露垃圾"]
    assert names("市容环境类 河道")[:2] == ["河道污染", "占用河道"]
    assert any("路灯" in name for name in names("路灯不亮了", catalogues=[reference_rows.NEW]))
    assert names("   ") == []
    assert names("丱龘") == []
    assert len(names("井盖", limit=5)) == 5


def test_a_class_leads_to_its_items(loaded):
    assert len(catalogue_queries.children(f"{reference_rows.NEW}/P/05")) == 3
    assert [item.code for item in catalogue_queries.classes(reference_rows.NEW, "parts")] == [
        "01",
        "02",
        "03",
        "04",
        "05",
    ]
    assert the(f"{reference_rows.APPEALS}/010101").path == "科教文体 / 科技事务 / 科技服务"
    assert len(catalogue_queries.leaves_beneath(f"{reference_rows.NEW}/M/07")) == 7


def test_the_code_printed_twice_keeps_both_classes(loaded):
    first = the(f"{reference_rows.APPEALS}/090499")
    second = the(f"{reference_rows.APPEALS}/0905/090499")
    assert (first.name, second.name) == ("其他生活服务", "其他民族宗教")
    assert second.parent_key == f"{reference_rows.APPEALS}/0905"


def test_criteria_are_inherited_and_conditions_come_from_the_part(loaded):
    manhole = f"{reference_rows.NEW}/M/01001"
    conditions = catalogue_queries.criteria_for(manhole, CriterionKind.CONDITION)
    assert [row.text for row in conditions] == ["险情缺失", "破损", "弹跳异响", "周边路面"]
    assert catalogue_queries.criteria_for(manhole, CriterionKind.FILE)
    refusals = catalogue_queries.criteria_for(f"{reference_rows.NEW}/M/06010", CriterionKind.REFUSE)
    assert "同一问题已经立案" in [row.text for row in refusals]
    assert catalogue_queries.criteria_for("没有/这个", CriterionKind.FILE) == []


def test_old_codes_lead_to_new_ones_or_say_there_is_none(loaded):
    assert (
        catalogue_queries.successors(f"{reference_rows.OLD}/P/0506")[0].new_key
        == f"{reference_rows.NEW}/P/01069"
    )
    gone = catalogue_queries.successors(f"{reference_rows.OLD}/M/0131")[0]
    assert gone.new_key == ""
    assert gone.note
    assert CatalogueMapping.objects.filter(new_key="").count() == 10


def test_a_local_item_is_added_in_its_range(loaded):
    parent = f"{reference_rows.NEW}/M/06"
    item = catalogue_actions.add_local_item(parent, code="06901", name="藤蔓覆盖", actor=ADMIN, now=NOW)
    assert item.key == f"{parent}901"
    seen = the(item.key)
    assert seen.local
    assert seen.path == "市容环境类 / 藤蔓覆盖"


@pytest.mark.parametrize("code", ["06001", "06900", "061000", "06", "0690１", "09901", "", "06abc"])
def test_a_code_outside_the_local_range_is_refused(loaded, code):
    with pytest.raises(Invalid) as refusal:
        catalogue_actions.add_local_item(
            f"{reference_rows.NEW}/M/06", code=code, name="藤蔓覆盖", actor=ADMIN, now=NOW
        )
    assert "06901" in refusal.value.fields["code"]
    assert not CatalogueItem.objects.filter(local=True).exists()


def test_a_code_is_given_once_even_after_it_was_retired(loaded):
    parent = f"{reference_rows.NEW}/M/06"
    item = catalogue_actions.add_local_item(parent, code="06901", name="藤蔓覆盖", actor=ADMIN, now=NOW)
    catalogue_actions.retire_item(item.key, reason="不再使用", actor=ADMIN, now=NOW)
    with pytest.raises(Invalid, match="06901"):
        catalogue_actions.add_local_item(parent, code="06901", name="光污染", actor=ADMIN, now=NOW)


def test_catalogues_are_changed_by_administrators_and_with_reasons(loaded):
    parent, leaf = f"{reference_rows.NEW}/M/07", f"{reference_rows.NEW}/M/07001"
    with pytest.raises(NotAllowed):
        catalogue_actions.add_local_item(parent, code="07901", name="电子屏乱放", actor=CLERK, now=NOW)
    with pytest.raises(NotAllowed):
        catalogue_actions.retire_item(leaf, reason="不再使用", actor=CLERK, now=NOW)
    with pytest.raises(Invalid, match="理由"):
        catalogue_actions.retire_item(leaf, reason="无", actor=ADMIN, now=NOW)
    with pytest.raises(Invalid, match="小类"):
        catalogue_actions.retire_item(parent, reason="整类停用", actor=ADMIN, now=NOW)
    with pytest.raises(NotThere):
        catalogue_actions.retire_item("没有/这个", reason="不再使用", actor=ADMIN, now=NOW)
    with pytest.raises(Invalid, match="末级"):
        catalogue_actions.add_local_item(leaf, code="07001901", name="电子屏乱放", actor=ADMIN, now=NOW)


def test_a_retired_item_is_offered_no_more(loaded):
    key = f"{reference_rows.NEW}/M/06010"
    catalogue_actions.retire_item(key, reason="并入其他类别", actor=ADMIN, now=NOW)
    assert catalogue_queries.search_items("06010", kinds=["matters"]) == []
    assert key not in {item.key for item in catalogue_queries.children(f"{reference_rows.NEW}/M/06")}
    assert the(key).name == "暴露垃圾"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_taken_back_is_never_shown():
    catalogue_actions.load_reference(NOW)
    key = f"{reference_rows.NEW}/M/06010"
    assert the(key).active
    with transaction.atomic():
        catalogue_actions.retire_item(key, reason="并入其他类别", actor=ADMIN, now=NOW)
        assert not the(key).active
        transaction.set_rollback(True)
    assert the(key).active
    catalogue_queries.forget()


@pytest.mark.django_db(transaction=True)
def test_reading_again_within_a_second_asks_the_database_nothing(django_assert_num_queries):
    catalogue_actions.load_reference(NOW)
    key = f"{reference_rows.NEW}/M/06010"
    the(key)
    with transaction.atomic(), django_assert_num_queries(0):
        the(key)
        catalogue_queries.search_items("垃圾")
        catalogue_queries.criteria_for(key, CriterionKind.CLOSE)
    catalogue_queries.forget()

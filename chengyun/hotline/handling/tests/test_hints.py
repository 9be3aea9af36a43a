"""The auditor's hints: each with its reason and evidence, and none where nothing is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Case, CaseEvent, Contact
from chengyun.cases.tests.cast import Cast
from chengyun.hotline.handling import texts
from chengyun.hotline.handling.actions import read_imported_replies
from chengyun.hotline.handling.hints import Hint, hints_of
from chengyun.hotline.models import Reply, ReplyBand
from chengyun.kernel.masking import personal_numbers

pytestmark = pytest.mark.django_db
GOOD = "当日派人到小区门口，将压在电线上的树枝全部修剪并清运，供电部门复查确认线路安全，已电话告知来电人。"


def answer(play: Cast, reply: str = GOOD, contacted: str = "yes", **said: Any) -> list[Hint]:
    """An order up to its answer; the hints on it."""
    play.order(
        description="树枝长到电线上了，刮风时打火花，很危险。",
        contact={"name": "王小明", "phone": "13812345678"},
    )
    play.to_in_hand()
    facts: dict[str, Any] = {"finding": "true", "demand": "reasonable", "outcome": "solved", "reply": reply}
    if contacted != "yes":
        facts |= {"contacted": contacted, "contact_why_not": "电话三次未通"}
    play.go("answer", play.unit, **{**facts, **said})
    hear_waiting(now=play.now)
    return hints(play)


def hints(play: Cast) -> list[Hint]:
    event = CaseEvent.objects.filter(case_id=play.case_id, verb="answer").latest("seq")
    contact = Contact.objects.filter(case_id=play.case_id).first()
    return hints_of(Case.objects.get(pk=play.case_id), event, contact, play.now)


def names(found: list[Hint]) -> list[str]:
    return [hint.name for hint in found]


def test_a_good_answer_gets_no_hint():
    assert answer(Cast()) == []


def test_no_contact_says_what_the_unit_said():
    found = answer(Cast(), contacted="no")
    assert names(found) == ["no_contact"]
    assert "未联系上" in found[0].why
    assert found[0].evidence == ("电话三次未通",)


def test_an_answer_beside_the_point_names_the_words_it_leaves_out():
    found = answer(Cast(), "您所反映事项我单位高度重视，已转相关科室研究，感谢支持。")
    assert names(found) == ["off_topic"]
    assert any("树枝" in word for word in found[0].evidence)


def test_a_copied_answer_names_the_order_it_was_copied_from():
    play = Cast()
    answer(play)
    first = play.row.number
    found = answer(play, GOOD.replace("当日", "次日"))
    assert names(found) == ["copied"]
    assert found[0].number == first
    assert "9" in found[0].why


def test_an_answer_mended_after_an_audit_is_not_copied():
    play = Cast()
    answer(play)
    play.go("fail_audit", play.leader, reason="请补照片")
    play.go("answer", play.unit, finding="true", demand="reasonable", outcome="solved", reply=GOOD)
    hear_waiting(now=play.now)
    assert hints(play) == []


@pytest.mark.parametrize(
    ("more", "evidence"),
    [
        ("联系人张工，手机13900001234。", "139****1234"),
        ("来电人王小明表示认可。", "王*"),
        ("身份证310113199001011234。", "310113********1234"),
    ],
)
def test_personal_data_in_a_public_answer(more, evidence):
    found = answer(Cast(), GOOD + more, public=True)
    assert names(found) == ["personal"]
    assert evidence in found[0].evidence


def test_the_same_words_between_unit_and_citizen_are_no_leak():
    assert answer(Cast(), GOOD + "来电人王小明表示认可。") == []


def test_a_promise_needs_a_day():
    vague = GOOD + "其余枝条将于近期修剪。"
    assert names(answer(Cast(), vague)) == ["no_promise"]
    assert answer(Cast(), GOOD + "其余枝条将于12月5日前修剪。") == []
    unsolved = answer(Cast(), GOOD.replace("全部", "部分"), outcome="unsolved")
    assert "no_promise" in names(unsolved)


def test_numbers_in_words():
    assert personal_numbers("电话021-56785678，手机 138 1234 5678") == ["138****5678", "021-****5678"]
    assert personal_numbers("共3000元，2026年11月") == []


def test_imported_answers_get_their_fingerprints_at_the_second_turn():
    play = Cast()
    answer(play)
    Reply.objects.all().delete()
    ReplyBand.objects.all().delete()
    assert read_imported_replies(now=play.now) == 0, "what has just come may not be complete"
    assert read_imported_replies(now=play.now) == 1
    assert read_imported_replies(now=play.now) == 0
    assert Reply.objects.get().unit_id == play.parks.pk
    assert ReplyBand.objects.count() == texts.PERMUTATIONS // texts.PER_BAND


def test_fingerprints_never_change():
    # They are stored: other numbers would make all that is stored useless.
    assert texts.bands(texts.shingles(GOOD), 7)[:2] == [6120264039126676822, 4424247610785859797]

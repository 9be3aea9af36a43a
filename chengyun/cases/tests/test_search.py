"""Chinese is found by any two characters; numbers and words by themselves."""

import pytest

from chengyun.cases import search
from chengyun.cases.tests.cast import Cast


def test_tokens_are_pairs_words_and_numbers():
    assert search.tokens_of("井盖缺失 RX-12 树") == ["井盖", "盖缺", "缺失", "rx", "12", "树"]
    assert search.tokens_of("ＡＢＣ１２") == ["abc12"]
    assert search.tokens_of("", "，。！") == []


@pytest.mark.django_db
def test_found_by_two_characters_newest_first():
    play = Cast()
    ids = [play.order(title=title).pk for title in ("小区井盖缺失", "路灯不亮", "井盖松动异响")]
    assert list(search.find("井盖")) == [[ids[2], ids[0]]]
    assert list(search.find("井盖 异响")) == [[ids[2]]]
    assert list(search.find("没有这样的")) == []
    assert list(search.find("'\"; DROP TABLE")) == []


@pytest.mark.django_db
def test_batches_go_on_where_the_last_one_ended():
    play = Cast()
    ids = [play.order(title="路灯不亮").pk for _ in range(5)]
    assert list(search.find("路灯", batch=2)) == [ids[:2:-1], ids[2:0:-1], ids[:1]]


@pytest.mark.django_db
def test_a_correction_is_found_by_its_new_words():
    play = Cast()
    play.order(title="路灯不亮")
    play.go("correct", play.intake, title="井盖缺失", description="更正", appeal_type="help", reason="听错")
    assert list(search.find("路灯")) == []
    assert list(search.find("井盖")) == [[play.case_id]]

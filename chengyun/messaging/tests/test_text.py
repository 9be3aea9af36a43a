"""Lengths of messages: 70, then 67; a pair of surrogates is never cut."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from chengyun.messaging.commands import sms
from chengyun.messaging.numbers import mobile
from chengyun.messaging.text import segments, split, units

TEXTS = st.text(st.characters(codec="utf-16") | st.sampled_from("字😀a𠮷"), max_size=400)


@pytest.mark.parametrize(
    ("length", "wanted"), [(0, 1), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_seventy_then_sixty_seven(length: int, wanted: int):
    assert segments("字" * length) == wanted


def test_an_emoji_counts_twice_and_stays_whole():
    assert segments("😀" * 35) == 1
    parts = split("😀" * 36)
    assert [units(part) for part in parts] == [66, 6]
    # 66 emoji are 132 units, which would fill two segments of 67 if a pair could be cut.
    assert segments("字" + "😀" * 66) == 2
    assert segments("😀" * 67) == 3


def test_halves_of_a_pair_written_apart_stay_together():
    text = "字" * 66 + "\ud83d\ude00" + "字" * 10
    assert [len(part) for part in split(text)] == [66, 12]


def test_the_signature_counts():
    assert segments("字" * 70) == 1
    assert segments("【宝山城运】" + "字" * 70) == 2


@given(TEXTS)
def test_cutting_loses_nothing_and_every_part_fits(text: str):
    parts = split(text)
    assert "".join(parts) == text
    most = 70 if len(parts) == 1 else 67
    for part in parts:
        assert len(part.encode("utf-16-be")) == 2 * units(part) <= 2 * most


@given(TEXTS)
def test_no_segment_is_wasted(text: str):
    count = segments(text)
    total = units(text)
    assert count == 1 if total <= 70 else -(-total // 67) <= count <= -(-total // 66)


@given(st.text("字a，", max_size=400))
def test_without_pairs_the_count_is_the_plain_rule(text: str):
    assert segments(text) == (1 if len(text) <= 70 else -(-len(text) // 67))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("13912345678", "13912345678"),
        ("+86 139-1234-5678", "13912345678"),
        ("0086 13912345678", "13912345678"),
        ("8613912345678", "13912345678"),
        ("１３９１２３４５６７８", "13912345678"),
        ("021-56600000", ""),
        ("12345", ""),
        ("139123456789", ""),
        ("", ""),
        ("张三", ""),
    ],
)
def test_a_mobile_number_however_it_is_typed(typed: str, wanted: str):
    assert mobile(typed) == wanted


def test_the_command_counts():
    told = CliRunner().invoke(sms, ["count", "字" * 71])
    assert told.exit_code == 0
    assert told.output.splitlines()[0] == "2 segments, 71 units"
    assert told.output.splitlines()[1].startswith("1  67  字")
    signed = CliRunner().invoke(sms, ["count", "--signature", "【宝山城运】", "字" * 70, "--json"])
    assert '"segments":2' in signed.output
    piped = CliRunner().invoke(sms, ["count", "-"], input="好\n")
    assert piped.output.splitlines()[0] == "1 segment, 1 units"


def test_the_command_wants_a_month_it_can_read():
    told = CliRunner().invoke(sms, ["usage", "--month", "November"])
    assert told.exit_code == 2
    assert "write it like 2026-11" in told.output

"""Moments, spans and numbers as the reader sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from chengyun.ui import formats

# 16:40 in Shanghai on a Monday.
MONDAY = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def test_a_moment_is_written_as_a_clock_in_shanghai_shows_it():
    assert formats.moment(MONDAY, MONDAY) == "11月23日 周一 16:40"
    # 23:30 of the 22nd in Greenwich is already the 23rd in Shanghai.
    assert formats.day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), MONDAY) == "11月23日 周一"


def test_another_year_is_named_and_so_is_every_year_when_now_is_unknown():
    assert formats.moment(MONDAY.replace(year=2025), MONDAY) == "2025年11月23日 周日 16:40"
    assert formats.day(date(2026, 11, 23)) == "2026年11月23日 周一"


def test_english_readers_get_english():
    with translation.override("en"):
        assert formats.moment(MONDAY, MONDAY) == "Mon 23 Nov 16:40"


def test_a_narrow_column_says_only_what_is_needed():
    assert formats.short_moment(MONDAY, MONDAY + timedelta(hours=1)) == "16:40"
    assert formats.short_moment(MONDAY - timedelta(days=1), MONDAY) == "11-22 16:40"
    assert formats.short_moment(MONDAY.replace(year=2025), MONDAY) == "2025-11-23"


@pytest.mark.parametrize(
    ("away", "phrase"),
    [
        (timedelta(seconds=-59), "刚刚"),
        (timedelta(minutes=-1), "1 分钟前"),
        (timedelta(hours=-2, minutes=-59), "2 小时前"),
        (timedelta(days=-3), "3 天前"),
        (timedelta(days=-45), "1 个月前"),
        (timedelta(days=-800), "2 年前"),
        (timedelta(seconds=30), "马上"),
        (timedelta(hours=5), "5 小时后"),
    ],
)
def test_how_far_away(away, phrase):
    assert formats.ago(MONDAY + away, MONDAY) == phrase


def test_nothing_stays_nothing():
    assert formats.moment(None, MONDAY) == formats.ago(None, MONDAY) == formats.ago(MONDAY, None) == ""
    assert formats.number(None) == formats.percent(None) == formats.file_size(None) == "–"


@pytest.mark.parametrize(
    ("seconds", "phrase"),
    [
        (0, "不到 1 分钟"),
        (59, "不到 1 分钟"),
        (300, "5 分钟"),
        (7500, "2 小时 5 分钟"),
        (93_900, "1 天 2 小时"),
        (-60, "1 分钟"),
    ],
)
def test_a_span_has_its_two_largest_parts(seconds, phrase):
    assert formats.span(seconds) == phrase


def test_numbers():
    assert formats.number(1234567) == "1,234,567"
    assert formats.percent(0.9234) == "92.3%"
    assert (formats.file_size(512), formats.file_size(3_400_000), formats.file_size(5 * 10**9)) == (
        "512 B",
        "3.4 MB",
        "5.0 GB",
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [("13800001234", "138****1234"), ("王小明", "王**"), ("王", "王"), ("", ""), (None, "")],
)
def test_masks(value, shown):
    assert formats.masked(value) == shown

"""The table of a year as a clerk pastes it."""

from __future__ import annotations

from datetime import date

from chengyun.worktime.models import DayRule
from chengyun.worktime.vocabulary import DayKind
from chengyun.worktime.yeartext import read, write

TEXT = """01-01 至 01-03 放假 元旦
01-04 上班 元旦
02-15 至 02-23 放假 春节"""


def test_it_reads_and_writes_the_same():
    days, wrong = read(TEXT + "\n\n2026年4月4日到2026年4月6日 放假 清明\n5.9 调休上班 劳动节\n", 2026)
    assert wrong == []
    assert len(days) == 3 + 1 + 9 + 3 + 1
    assert days[3].kind is DayKind.MAKEUP
    assert days[-1].date == date(2026, 5, 9)
    rules = [DayRule(date=day.date, kind=day.kind, name=day.name) for day in read(TEXT, 2026)[0]]
    assert write(rules) == TEXT


def test_each_bad_line_is_named():
    _, wrong = read(
        "02-30 放假 春节\n元旦放假\n03-05 至 03-01 放假 x\n01-01 至 12-31 放假 x\n01-01 放假 元旦", 2026
    )
    assert [sentence[:6] for sentence in wrong] == ["第 1 行：", "第 2 行：", "第 3 行：", "第 4 行："]

"""A year's table as lines of text, as a clerk copies it from the notice: ``10-01 至 10-07 放假 国庆节``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from chengyun.worktime.actions.days import NamedDay
from chengyun.worktime.models import DayRule
from chengyun.worktime.vocabulary import DayKind

_DAY = r"(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|~|～|—|–)\s*{_DAY})?\s+(放假|上班|调休上班)\s+(\S.*)")
LONGEST = 31  # days of one stretch
ONE_DAY = timedelta(days=1)


def read(text: str, year: int) -> tuple[list[NamedDay], list[str]]:
    """Days of a table, and one sentence for each line that cannot be read."""
    days: list[NamedDay] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            days += _read_line(line.strip(), year)
        except ValueError as problem:
            wrong.append(_("第 %(number)d 行：%(problem)s") % {"number": number, "problem": problem})
    return days, wrong


def write(rules: Iterable[DayRule]) -> str:
    """The same the other way round; days that follow each other make one line."""
    stretches: list[list[DayRule]] = []
    for rule in rules:
        last = stretches[-1][-1] if stretches else None
        if last and (last.kind, last.name, last.date + ONE_DAY) == (rule.kind, rule.name, rule.date):
            stretches[-1].append(rule)
        else:
            stretches.append([rule])
    return "\n".join(_write_line(stretch) for stretch in stretches)


def _read_line(line: str, year: int) -> list[NamedDay]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(_("请写成“10-01 至 10-07 放假 国庆节”或“10-10 上班 国庆节”"))
    first_year, month, day, last_year, last_month, last_day, word, name = match.groups()
    first = _date(first_year or year, month, day)
    last = _date(last_year or year, last_month, last_day) if last_day else first
    length = (last - first).days + 1
    if not 0 < length <= LONGEST:
        raise ValueError(_("结束日期须在开始日期之后，一段最多 %(most)d 天") % {"most": LONGEST})
    kind = DayKind.HOLIDAY if word == "放假" else DayKind.MAKEUP
    return [NamedDay(first + ONE_DAY * step, kind, name.strip()[:60]) for step in range(length)]


def _date(year: str | int, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(_("没有 %(month)s 月 %(day)s 日这一天") % {"month": month, "day": day}) from None


def _write_line(stretch: list[DayRule]) -> str:
    first, last = stretch[0], stretch[-1]
    days = f"{first.date:%m-%d}" + (f" 至 {last.date:%m-%d}" if last is not first else "")
    word = "放假" if first.kind == DayKind.HOLIDAY else "上班"
    return f"{days} {word} {first.name}"

"""Holidays, make-up working days and published years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.worktime import packaged
from chengyun.worktime.actions.log import changing, note, said
from chengyun.worktime.calendar import FIRST_YEAR, LAST_YEAR
from chengyun.worktime.models import CalendarYear, DayRule
from chengyun.worktime.policies import check_edit
from chengyun.worktime.vocabulary import DayKind

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NamedDay:
    """One line of a year's table."""

    date: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought in: the years that had no table before, and how many days they name."""

    years: tuple[int, ...]
    days: int


def import_calendar(years: Iterable[int], *, actor: Actor, now: datetime) -> Imported:
    """Take years from the packaged table.

    Years that have a table already, from whatever source, and years unknown to the package are left alone:
    what a person entered stays. Open deadlines are recomputed after the commit if anything came in.
    """
    check_edit(actor)
    known = packaged.years()
    with changing():
        here = set(CalendarYear.objects.filter(official=True).values_list("year", flat=True))
        new = sorted({year for year in years if year in known} - here)
        count = sum(_write_year(year, _packaged_days(year), packaged.source(), now) for year in new)
        if new:
            note(
                f"导入 {new[0]}–{new[-1]} 年法定日历，共 {count} 天",
                f"来源 {packaged.source()}",
                actor=actor,
                now=now,
                moves_deadlines=True,
            )
    return Imported(tuple(new), count)


def publish_year(
    year: int, rules: Sequence[NamedDay], *, source: str, actor: Actor, now: datetime
) -> CalendarYear:
    """Enter the official table of a year, in place of what was noted for it.

    ``rules`` are its holidays and make-up days; ``source`` names the notice (国办发明电…). Refuses days of
    another year, a day named twice, a make-up day from Monday to Friday and a table without a holiday. Open
    deadlines are recomputed after the commit.
    """
    check_edit(actor)
    said(source=source)
    _check_year(year)
    _check_table(year, rules)
    with changing():
        replaced = DayRule.objects.filter(date__year=year).count()
        count = _write_year(year, rules, source.strip(), now)
        what = f"发布 {year} 年法定日历，共 {count} 天" + (f"，替换原有 {replaced} 天" if replaced else "")
        note(what, f"来源 {source.strip()}", actor=actor, now=now, moves_deadlines=True)
        return CalendarYear.objects.get(year=year)


def set_day(
    day: date,
    kind: DayKind | None,
    *,
    name: str = "",
    source: str = "",
    why: str,
    actor: Actor,
    now: datetime,
) -> DayRule | None:
    """Make one day a holiday or a make-up working day, or (None) an ordinary day of its week again."""
    check_edit(actor)
    said(why=why, **({"name": name, "source": source} if kind else {}))
    _check_year(day.year)
    if kind is not None:
        _check_table(day.year, [NamedDay(day, kind, name)], whole=False)
    with changing():
        before = DayRule.objects.filter(date=day).first()
        if kind is None:
            DayRule.objects.filter(date=day).delete()
            row = None
        else:
            row, _created = DayRule.objects.update_or_create(
                date=day,
                defaults={"kind": kind, "name": name.strip(), "source": source.strip(), "noted_at": now},
            )
        was = f"{DayKind(before.kind).zh}（{before.name}）" if before else "按星期"
        becomes = f"{kind.zh}（{name.strip()}）" if kind else "按星期"
        note(f"{day}：{was} 改为 {becomes}", why, actor=actor, now=now, moves_deadlines=True)
    return row


def _packaged_days(year: int) -> list[NamedDay]:
    return [
        NamedDay(named.day, DayKind.MAKEUP if named.works else DayKind.HOLIDAY, named.name)
        for named in packaged.named_days(year)
    ]


def _write_year(year: int, rules: Sequence[NamedDay], source: str, now: datetime) -> int:
    DayRule.objects.filter(date__year=year).delete()
    DayRule.objects.bulk_create(
        DayRule(date=rule.date, kind=rule.kind, name=rule.name.strip(), source=source, noted_at=now)
        for rule in rules
    )
    CalendarYear.objects.update_or_create(
        year=year, defaults={"official": True, "source": source, "published_at": now}
    )
    return len(rules)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(
            {"year": _("日历只覆盖 %(first)d 至 %(last)d 年。") % {"first": FIRST_YEAR, "last": LAST_YEAR}}
        )


def _check_table(year: int, rules: Sequence[NamedDay], *, whole: bool = True) -> None:
    seen: set[date] = set()
    for rule in rules:
        if rule.date.year != year:
            raise Invalid({"rules": _("%(day)s 不在 %(year)d 年内。") % {"day": rule.date, "year": year}})
        if rule.date in seen:
            raise Invalid({"rules": _("%(day)s 写了两次。") % {"day": rule.date}})
        if not rule.name.strip():
            raise Invalid({"rules": _("%(day)s 缺少名称。") % {"day": rule.date}})
        if rule.kind == DayKind.MAKEUP and rule.date.weekday() < SATURDAY:
            raise Invalid({"rules": _("%(day)s 不是周末，不能作为调休上班日。") % {"day": rule.date}})
        seen.add(rule.date)
    if whole and not any(rule.kind == DayKind.HOLIDAY for rule in rules):
        raise Invalid({"rules": _("全年的安排里至少要有一个放假日。")})

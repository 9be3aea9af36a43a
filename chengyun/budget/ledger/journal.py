"""Reads of a budget's history: what may be undone, and what happened in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Figure, Fund, Source, Stage
from chengyun.budget.ledger.codes import Codes, codes_of
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.models.history import Comment, Deed, Entry, SignOff, StageMove
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.projects import Heading, Project

_AMOUNT = re.compile(r"\d+\.\d\d")
_NOT_UNDONE = (Deed.STAGE, Deed.CREATE)


def next_to_undo(budget: Budget) -> list[Entry]:
    """The entries of the last act of this stage that stands, in the order they were written."""
    taken_back: set[Any] = set()
    for entry in Entry.objects.filter(budget=budget).order_by("-pk").iterator(chunk_size=200):
        if entry.deed in _NOT_UNDONE:
            return []
        if entry.undoes is not None:
            taken_back.add(entry.undoes)
        elif entry.act not in taken_back:
            return list(Entry.objects.filter(budget=budget, act=entry.act).order_by("pk"))
    return []


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline, as ``ui/components/timeline.html`` draws it."""

    moment: datetime
    what: str
    who: str
    why: str = ""
    quote: str = ""
    system: bool = False
    meaning: str = ""
    unit: str = ""
    attachments: tuple[Any, ...] = field(default=())


def timeline(budget: Budget, most: int = 200) -> list[Happened]:
    """Changes, stages, remarks and signatures, newest first; the entries of one act are one line."""
    names = _Names(budget)
    found = [_of_act(entries, names) for entries in _acts(budget, most)]
    found += [
        Happened(one.at, _("备注"), one.by_name, why=names.key(one.key) if one.key else "", quote=one.text)
        for one in Comment.objects.filter(budget=budget).order_by("-pk")[:most]
    ]
    found += [
        Happened(one.at, _("签核"), one.by_name, quote=one.words, meaning="good")
        for one in SignOff.objects.filter(budget=budget).order_by("-pk")[:most]
    ]
    found += [
        Happened(
            one.at,
            f"{Stage(one.from_stage).label} → {Stage(one.to_stage).label}",
            one.by_name,
            why=_("第 %(version)s 版锁定") % {"version": one.version},
            quote=one.note,
        )
        for one in StageMove.objects.filter(budget=budget).defer("snapshot")
    ]
    return sorted(found, key=lambda one: one.moment, reverse=True)


def timeline_of(budget: Budget, key: str) -> list[Happened]:
    """What happened to one line, and what was said of it; newest first."""
    names = _Names(budget)
    found = [_of_act([entry], names) for entry in Entry.objects.filter(budget=budget, key=key)]
    found += [
        Happened(one.at, _("备注"), one.by_name, quote=one.text)
        for one in Comment.objects.filter(budget=budget, key=key)
    ]
    return sorted(found, key=lambda one: one.moment, reverse=True)


def _acts(budget: Budget, most: int) -> list[list[Entry]]:
    found: dict[Any, list[Entry]] = {}
    for entry in Entry.objects.filter(budget=budget).exclude(deed=Deed.STAGE).order_by("-pk")[:most]:
        found.setdefault(entry.act, []).insert(0, entry)
    return list(found.values())


def _of_act(entries: list[Entry], names: _Names) -> Happened:
    first = entries[0]
    what = first.deed_of.label
    if first.deed == Deed.CREATE:
        return Happened(first.at, what, first.by_name, why=str(first.after or ""))
    said = names.change(first)
    if len(entries) > 1:
        said = _("%(first)s 等 %(count)s 项") % {"first": said, "count": len(entries)}
    return Happened(first.at, what, first.by_name, why=said)


class _Names:
    """Turns keys and values of the history into words."""

    def __init__(self, budget: Budget) -> None:
        self._codes: Codes = codes_of(budget.fiscal_year)
        self._projects = dict(Project.objects.values_list("code", "name"))

    def change(self, entry: Entry) -> str:
        """What changed, from what to what."""
        before, after = _short(entry.before), _short(entry.after)
        said = self.key(entry.key)
        return f"{said}：{before} → {after}" if before or after else said

    def key(self, key: str) -> str:
        """What a key names."""
        head, _colon, rest = key.partition(":")
        if head == "line":
            return self._line(LineKey.read(key))
        if head == "income":
            source, fund, when = rest.split("|")
            name = Fund(fund).label if source == Source.GRANT else Source(source).label
            return name + (_("（上年结转）") if when == "carried" else "")
        if head == "prior":
            return Figure(rest).label
        if head == "reason":
            return self._reason(rest)
        if head == "section":
            code, _bar, heading = rest.rpartition("|")
            return f"{self._projects.get(code, code)} {Heading(heading).label}"
        if head == "project":
            return self._projects.get(rest, rest)
        return ""

    def _line(self, key: LineKey) -> str:
        project = self._projects.get(key.project, key.project) if key.project else ""
        economic = f"{key.eco_code} {self._codes.name(key.eco_code, economic=True)}" if key.eco_code else ""
        function = f"{key.func_code} {self._codes.name(key.func_code)}"
        return " · ".join(part for part in (function, project, economic.strip()) if part)

    def _reason(self, key: str) -> str:
        kind, _colon, code = key.partition(":")
        if kind == "func":
            return self._codes.name(code) or code
        if kind == "eco":
            return self._codes.name(code, economic=True) or code
        if kind == "project":
            return self._projects.get(code, code)
        return Figure(kind).label if kind in set(Figure) else key


def _short(value: Any) -> str:
    """A value of the history for a line of text; amounts with their commas, whole records not at all."""
    if isinstance(value, dict):
        value = value.get("amount", "")
    text = str(value or "")
    return f"{Decimal(text):,.2f}" if _AMOUNT.fullmatch(text) else text[:60]

"""Two budgets line by line: what was added, removed and changed, in 元 and per cent. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chengyun.budget.check.captions import NAMES

_NUMBER = re.compile(r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．])")


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one row in both documents; None where the document has no such row or column."""

    row: str
    column: str
    before: Decimal | None
    after: Decimal | None
    kind: str  # added, removed, changed, same
    first: bool = False  # the first line of its row

    @property
    def difference(self) -> Decimal:
        """After less before, in 元."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of what stood before; None where nothing stood there."""
        return self.difference / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What one table says in both documents."""

    number: int
    title: str
    missing: str  # "before" or "after" where one document lacks the table, else ""
    lines: list[Change]

    @property
    def changed(self) -> int:
        """Rows that are not the same."""
        return len({line.row for line in self.lines if line.kind != "same"})


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[TableChanges]:
    """Tables 1 to 9 of two reports, rows matched by code, else by name, in the order of the later document."""
    found = []
    for number in range(1, 10):
        old, new = before["tables"].get(str(number)), after["tables"].get(str(number))
        if old is None and new is None:
            continue
        missing = "before" if old is None else "after" if new is None else ""
        lines = list(_table(old or {"items": []}, new or {"items": []}))
        found.append(TableChanges(number, NAMES[number], missing, lines))
    return found


def _key(item: dict[str, Any], seen: dict[tuple[str, str, int], int]) -> tuple[str, str, int]:
    """Code, or else name without its number; a name that stands twice is told apart by its turn."""
    name = "合计" if item["total"] and not item["side"] else _NUMBER.sub("", item["name"])
    folded = re.sub(r"[（）()\s]|(资金|拨款|收入|支出)+$", "", name)
    key = (item["side"], item["code"] or folded or name, 0)
    seen[key] = seen.get(key, -1) + 1
    return (key[0], key[1], seen[key])


def _keyed(table: dict[str, Any]) -> dict[tuple[str, str, int], dict[str, Any]]:
    seen: dict[tuple[str, str, int], int] = {}
    return {_key(item, seen): item for item in table["items"]}


def _table(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    was, now = _keyed(old), _keyed(new)
    for key in _in_order(list(was), list(now)):
        yield from _row(was.get(key), now.get(key))


def _in_order(was: list[Any], now: list[Any]) -> list[Any]:
    """The keys of the later document, those that were removed after the row that they stood behind."""
    order = list(now)
    for index, key in enumerate(was):
        if key not in now:
            behind = next((one for one in reversed(was[:index]) if one in order), None)
            order.insert(order.index(behind) + 1 if behind is not None else 0, key)
    return order


def _row(was: dict[str, Any] | None, now: dict[str, Any] | None) -> Iterator[Change]:
    item = now or was
    assert item is not None
    label = f"{item['code']} {item['name']}".strip()
    columns = dict.fromkeys([*(now or {"cells": {}})["cells"], *(was or {"cells": {}})["cells"]])
    first = True
    for column in columns:
        before, after = _amount(was, column), _amount(now, column)
        if not before and not after and len(columns) > 1 and not (first and column == list(columns)[-1]):
            continue
        kind = "added" if was is None else "removed" if now is None else "changed"
        if kind == "changed" and (before or 0) == (after or 0):
            kind = "same"
        yield Change(label, column, before, after, kind, first)
        first = False


def _amount(item: dict[str, Any] | None, column: str) -> Decimal | None:
    if item is None or column not in item["cells"]:
        return None
    return Decimal(item["cells"][column])


@dataclass(frozen=True, slots=True)
class TextChange:
    """A paragraph in both documents; pieces are ``(mark, text)`` with mark ``same``, ``gone`` or ``new``."""

    kind: str  # added, removed, changed
    pieces: list[tuple[str, str]]


def compare_text(before: dict[str, Any], after: dict[str, Any]) -> list[TextChange]:
    """Paragraphs that differ. The fiscal year itself and the year before it are no difference."""
    was = [text for _, text in before["paragraphs"]]
    now = [text for _, text in after["paragraphs"]]
    plain_was = [_without_years(text, before["year"]) for text in was]
    plain_now = [_without_years(text, after["year"]) for text in now]
    found: list[TextChange] = []
    matcher = difflib.SequenceMatcher(None, plain_was, plain_now, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += _block(was[i1:i2], now[j1:j2])
    return found


def _without_years(text: str, year: int) -> str:
    bare = re.sub(r"\s+", "", text)
    for offset, word in ((0, "本"), (-1, "上")):
        bare = bare.replace(f"{year + offset}年", f"{word}年")
    return bare


def _block(was: list[str], now: list[str]) -> Iterator[TextChange]:
    """Pair paragraphs of a changed stretch by likeness, in order; the rest was removed or added."""
    start = 0
    for text in was:
        likeness = [
            (difflib.SequenceMatcher(None, text, one).quick_ratio(), at)
            for at, one in enumerate(now[start:], start=start)
        ]
        best = max(likeness, default=(0.0, 0))
        if best[0] < 0.6:
            yield TextChange("removed", [("gone", text)])
            continue
        for one in now[start : best[1]]:
            yield TextChange("added", [("new", one)])
        yield TextChange("changed", _pieces(text, now[best[1]]))
        start = best[1] + 1
    for one in now[start:]:
        yield TextChange("added", [("new", one)])


def _pieces(before: str, after: str) -> list[tuple[str, str]]:
    # Numbers are compared whole: 1,234 and 1,334 differ as amounts, not by a digit.
    was, now = (re.findall(r"[\d.,]+|.", text) for text in (before, after))
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(was[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("gone", "".join(was[i1:i2])))
        if j2 > j1:
            pieces.append(("new", "".join(now[j1:j2])))
    return pieces

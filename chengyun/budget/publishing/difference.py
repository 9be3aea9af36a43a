"""What a correction changed: amounts cell by cell, text paragraph by paragraph. Pure; from plain documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True)
class ChangedAmount:
    """An amount that is another one now; "" for none."""

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedText:
    """Paragraphs that went and paragraphs that came in their place."""

    section: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two versions."""

    amounts: tuple[ChangedAmount, ...]
    texts: tuple[ChangedText, ...]

    @property
    def by_table(self) -> list[tuple[str, list[ChangedAmount]]]:
        """The amounts under the captions of their tables."""
        return [
            (caption, [one for one in self.amounts if one.table == caption])
            for caption in dict.fromkeys(one.table for one in self.amounts)
        ]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not self.amounts and not self.texts


def difference(before: dict[str, Any], after: dict[str, Any]) -> Difference:
    """Compare two documents in the form of ``plain``."""
    return Difference(tuple(_amounts(before, after)), tuple(_texts(before, after)))


def _amounts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[ChangedAmount]:
    old = {sheet["number"]: _cells(sheet) for sheet in before["sheets"]}
    new = {sheet["number"]: _cells(sheet) for sheet in after["sheets"]}
    captions = {sheet["number"]: sheet["caption"] for sheet in (*before["sheets"], *after["sheets"])}
    for number, caption in captions.items():
        was, is_now = old.get(number, {}), new.get(number, {})
        for row, column in dict.fromkeys((*was, *is_now)):
            left, right = was.get((row, column), ""), is_now.get((row, column), "")
            if left != right:
                yield ChangedAmount(caption, row, column, left, right)


def _cells(sheet: dict[str, Any]) -> dict[tuple[str, str], str]:
    heads = {one["column"]: one["text"] for one in sorted(sheet["heads"], key=lambda one: one["row"])}
    found = {}
    for row in sheet["rows"]:
        words: list[str] = []
        for at, text in enumerate(row["texts"]):
            if row["is_amount"][at]:
                found[" ".join(words), heads[at]] = text
            elif at and row["is_amount"][at - 1]:
                words = [text]  # the right side of tables 1 and 4
            elif text:
                words.append(text)
    return found


def _sections(document: dict[str, Any]) -> dict[str, list[str]]:
    parts = [*document["sections"], *document["closing"], *document["projects"]]
    found = {part["title"]: [one["text"] for one in part["paragraphs"]] for part in parts}
    for note in document["projects"]:
        if note["form"]:
            rows: dict[int, list[str]] = {}
            for cell in note["form"]["cells"]:
                rows.setdefault(cell["row"], []).append(cell["text"])
            found[f"{note['title']} {note['form']['title']}"] = [" | ".join(row) for row in rows.values()]
    return found


def _texts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[ChangedText]:
    old, new = _sections(before), _sections(after)
    for title in dict.fromkeys((*old, *new)):
        was, is_now = old.get(title, []), new.get(title, [])
        for tag, first, last, start, end in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
            if tag != "equal":
                yield ChangedText(title, tuple(was[first:last]), tuple(is_now[start:end]))

"""Two versions of an article side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from chengyun.hotline.models import ArticleVersion

FIELDS = ("title", "questions", "answer", "details", "basis", "keywords")
_LONGEST = 4_000  # characters compared one by one; longer texts by lines


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: ``kept``, ``gone`` from the older or ``new`` in the newer."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, with its pieces."""

    name: str
    pieces: list[Piece]


def changes(older: ArticleVersion, newer: ArticleVersion) -> list[Change]:
    """The texts that differ, in the order of the form."""
    pairs = ((name, getattr(older, name), getattr(newer, name)) for name in FIELDS)
    return [Change(name, list(pieces(before, after))) for name, before, after in pairs if before != after]


def facts_changed(older: ArticleVersion, newer: ArticleVersion) -> list[tuple[str, object, object]]:
    """Category, owner and dates that differ: name, before, after."""
    names = ("category", "owner_unit", "valid_from", "valid_until")
    pairs = ((name, getattr(older, name), getattr(newer, name)) for name in names)
    return [pair for pair in pairs if pair[1] != pair[2]]


def pieces(before: str, after: str) -> Iterator[Piece]:
    """What was kept, taken out and put in, in reading order."""
    fine = max(len(before), len(after)) <= _LONGEST
    left = list(before) if fine else before.splitlines(keepends=True)
    right = list(after) if fine else after.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("kept", "".join(left[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(left[a:b]))
        if d > c:
            yield Piece("new", "".join(right[c:d]))

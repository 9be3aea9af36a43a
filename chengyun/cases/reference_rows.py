"""The catalogues that ship with the product, read from the tables in ``reference/``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "reference"
NEW, OLD, APPEALS = "gbt47678.5-2026", "gbt30428.2-2013", "db44t2479-2024"
KINDS = {"P": "parts", "M": "matters", "": "appeals"}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One class or leaf as published."""

    catalogue: str
    side: str
    code: str
    parent_code: str
    level: int
    name: str
    key: str
    remark: str = ""

    @property
    def kind(self) -> str:
        """The kind of catalogue it belongs to."""
        return KINDS[self.side]


def table(name: str) -> list[dict[str, str]]:
    """The rows of one reference file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(catalogue: str, side: str, code: str) -> str:
    """The key of an item: ``gbt47678.5-2026/P/01001``, or without a side ``db44t2479-2024/010101``."""
    return "/".join(part for part in (catalogue, side, code) if part)


def items() -> Iterator[ItemRow]:
    """Every class and leaf of every catalogue that ships."""
    for row in table("classes.csv"):
        key = key_of(row["catalogue"], row["side"], row["code"])
        yield ItemRow(row["catalogue"], row["side"], row["code"], "", 1, row["name"], key)
    yield from _national()
    yield from _appeals()


def _national() -> Iterator[ItemRow]:
    parts = table("parts.csv")
    # Since 2026 every class of part has a matter of the same code: its name and 异常.
    classes = {row["code"]: row["name"] for row in table("classes.csv") if row["catalogue"] == NEW}
    for code in sorted({row["code"][:2] for row in parts}):
        yield ItemRow(NEW, "M", code, "", 1, classes[code], key_of(NEW, "M", code))
    for row in parts:
        yield _leaf(NEW, "P", row["code"], row["name"])
        yield _leaf(NEW, "M", row["code"], f"{row['name']}异常")
    for row in table("matters.csv"):
        yield _leaf(NEW, "M", row["code"], row["name"])
    for row in table("items_2013.csv"):
        yield _leaf(OLD, row["side"], row["code"], row["name"])


def _leaf(catalogue: str, side: str, code: str, name: str) -> ItemRow:
    return ItemRow(catalogue, side, code, code[:2], 2, name, key_of(catalogue, side, code))


def _appeals() -> Iterator[ItemRow]:
    seen: set[str] = set()
    for row in table("appeals.csv"):
        code = row["code"]
        # One code is printed twice in the standard; the second is told apart by its parent.
        path = code if code not in seen else f"{row['parent']}/{code}"
        seen.add(code)
        key = key_of(APPEALS, "", path)
        yield ItemRow(APPEALS, "", code, row["parent"], int(row["level"]), row["name"], key, row["anomaly"])

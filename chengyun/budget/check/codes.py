"""The classification (政府收支分类科目): codes and names, with how sure each row is."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "reference"
# 款 whose 项 are all in the table; elsewhere a 项 that is not in it is not known to be wrong.
_CLOSED_ECONOMIC = ("301", "302", "303")
# 类 and 款 that a district department may show, all listed; a code above them is surely unknown.


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its official name; ``sure`` where the name was confirmed from a published document."""

    code: str
    name: str
    sure: bool


@cache
def functional() -> dict[str, Entry]:
    """Functional classes, 类 款 项."""
    return _read("functional.csv")


@cache
def economic() -> dict[str, Entry]:
    """Economic classes of departments, 类 款."""
    return _read("economic.csv")


def _read(name: str) -> dict[str, Entry]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Entry(row["code"], row["name"], row["prov"] != "M") for row in csv.DictReader(file)
        }


def known(code: str, economic_table: bool) -> bool | None:
    """Whether a code exists; None where the table at hand does not reach that far down."""
    book = economic() if economic_table else functional()
    if code in book:
        return True
    if len(code) == 3:
        return False
    if economic_table:
        return False if code[:3] in _CLOSED_ECONOMIC else None
    return None if code[:3] in book else False

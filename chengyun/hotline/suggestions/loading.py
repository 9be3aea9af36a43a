"""Loads the starting rows: words for classes, and a dispatch catalogue of the rehearsal district."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from chengyun.geography.queries import living_areas
from chengyun.hotline.models import ClassWord, DispatchRule
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

FOLDER = Path(__file__).resolve().parent.parent / "reference"
_SOURCE = "起始词表，按热线来电常用说法整理"
_RULES_SOURCE = "演练用派单目录，按公开法规名称编写，不是本区文件"
_RULES_FROM = date(2020, 1, 1)
_UNCONFIRMED = "通用知识，未核实，可修改"


@writing()
def load_reference(*, now: datetime) -> None:
    """Load what is missing; what a person changed or retired stays. Safe to run twice."""
    _load_words(now)
    _load_rules(now)


def table(name: str) -> list[dict[str, str]]:
    """The rows of one reference file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_words(now: datetime) -> None:
    known = set(ClassWord.objects.values_list("word", "catalogue_key"))
    ClassWord.objects.bulk_create(
        ClassWord(
            word=row["word"],
            catalogue_key=row["catalogue_key"],
            source=_SOURCE,
            provenance=_UNCONFIRMED,
            changed_at=now,
        )
        for row in table("class_words.csv")
        if (row["word"], row["catalogue_key"]) not in known
    )


def _load_rules(now: datetime) -> None:
    """The starting catalogue, marked as rehearsal; only into an empty table, for a district makes its own."""
    if DispatchRule.objects.exists():
        return
    units = dict(Unit.objects.values_list("code", "pk"))
    areas = dict(living_areas().values_list("code", "pk"))
    for row in table("dispatch_rules.csv"):
        if row["unit"] not in units or (row["area"] and row["area"] not in areas):
            continue  # another district has other units
        rule = DispatchRule.objects.create(
            branch=row["branch"],
            area_id=areas.get(row["area"]),
            lead_unit_id=units[row["unit"]],
            own_duty=row["own_duty"] == "1",
            legal_basis=row["legal_basis"],
            source=_RULES_SOURCE,
            provenance=_UNCONFIRMED,
            rehearsal=True,
            valid_from=_RULES_FROM,
            changed_at=now,
        )
        rule.helpers.set(units[code] for code in row["helpers"].split(";") if code in units)

"""Loads the starting rows: words for classes, and a dispatch catalogue of the rehearsal district."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from chengyun.hotline.models import ClassWord
from chengyun.kernel.writing import writing

FOLDER = Path(__file__).resolve().parent.parent / "reference"
_SOURCE = "起始词表，按热线来电常用说法整理"
_UNCONFIRMED = "通用知识，未核实，可修改"


@writing()
def load_reference(*, now: datetime) -> None:
    """Load what is missing; what a person changed or retired stays. Safe to run twice."""
    _load_words(now)


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

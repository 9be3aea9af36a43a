"""The starting lines of the decision table, restated from reposts of the national opinion of 2025."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.models import DecisionLine
from chengyun.kernel.writing import writing
from chengyun.worktime.limits import Provenance

_FILE = Path(__file__).resolve().parent.parent / "reference" / "decision_lines.csv"
VALID_FROM = date(2025, 6, 25)
SOURCE = "国办函〔2025〕66号（转载摘要）；识别问题、关键词和话术为建议"


def load_reference(*, now: datetime) -> int:
    """Load the lines whose code is not there yet; return how many. Changes nothing a person edited."""
    known = set(DecisionLine.objects.values_list("code", flat=True))
    with _FILE.open(encoding="utf-8", newline="") as file, writing():
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
        for row in rows:
            DecisionLine.objects.create(
                code=row["code"],
                order=int(row["order"]),
                situation=row["situation"],
                recognised=row["recognised"].replace("|", "\n"),
                keywords=_split(row["keywords"]),
                treatment=Treatment(row["treatment"]).value,
                required=row["required"],
                say=row["say"],
                routes=_split(row["routes"]),
                valid_from=VALID_FROM,
                source=SOURCE,
                provenance=Provenance.SECONDARY.value,
            )
    return len(rows)


def _split(words: str) -> list[str]:
    return [word for word in words.split("|") if word]

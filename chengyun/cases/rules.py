"""Numbers of the loop that the city may decide: dated rows with their source, loaded once, edited on screen."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from chengyun.cases.models import LoopRule
from chengyun.cases.world import forget_rules
from chengyun.kernel.writing import writing
from chengyun.worktime.limits import Provenance

_FILE = Path(__file__).parent / "reference" / "rules.csv"


def load_reference(*, now: datetime) -> int:
    """Load the starting rules that are not there yet; return how many. Changes nothing a person edited."""
    known = set(LoopRule.objects.values_list("process", "name"))
    with _FILE.open(encoding="utf-8", newline="") as file, writing():
        rows = [row for row in csv.DictReader(file) if (row["process"], row["name"]) not in known]
        for row in rows:
            LoopRule.objects.create(
                process=row["process"],
                name=row["name"],
                value=Decimal(row["value"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                source=row["source"],
                provenance=Provenance(row["provenance"]),
                note=row["note"],
            )
    forget_rules()
    return len(rows)

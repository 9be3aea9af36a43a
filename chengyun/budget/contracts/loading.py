"""Loads the two contracts that the 2024 budget tells of, as examples. Safe to run twice.

Only an empty table gets them: where somebody entered contracts, or took the examples away, nothing is added.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from chengyun.budget.contracts.actions.recording import write_down
from chengyun.budget.contracts.words import ContractVerb
from chengyun.budget.models.contracts import Contract, ContractItem, YearAmount
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.writing import writing

FOLDER = Path(__file__).resolve().parent / "reference"
_DAYS = ("signed_on", "begins_on", "ends_on")


@writing()
def load_reference(*, now: datetime) -> None:
    """Load the example contracts, their items and the budget's figure for their project."""
    if not Contract.objects.exists():
        for row in _table("contracts.csv"):
            days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
            contract = Contract.objects.create(**{**row, **days}, example=True, made_at=now)
            write_down(contract, ContractVerb.ENTER, actor=SYSTEM, now=now)
        numbered = {contract.number: contract for contract in Contract.objects.all()}
        for row in _table("items.csv"):
            ContractItem.objects.create(**{**row, "contract": numbered[row["contract"]]})
    for row in _table("amounts.csv"):
        if not YearAmount.objects.filter(project=row["project"], fiscal_year=row["fiscal_year"]).exists():
            YearAmount.objects.create(**row, example=True, at=now, by_name=SYSTEM.name)


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

"""Loads the starting rows. Safe to run twice: what is there, and what a person changed, stays."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from chengyun.kernel.actor import SYSTEM
from chengyun.worktime import packaged
from chengyun.worktime.actions.days import import_calendar
from chengyun.worktime.actions.log import changing, note
from chengyun.worktime.calendar import FIRST_YEAR
from chengyun.worktime.limits import Provenance
from chengyun.worktime.models import OfficeHours, TimeLimit

FOLDER = Path(__file__).resolve().parent / "reference"
START = date(FIRST_YEAR, 1, 1)  # old orders are replayed under the starting limits


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows came in; zeros when everything was there."""

    years: int
    office_hours: int
    limits: int

    def __str__(self) -> str:
        return f"{self.years} calendar years, {self.office_hours} office hours, {self.limits} time limits"


def load_reference(*, now: datetime) -> Loaded:
    """Load the packaged calendar, the office hours and the limits that are missing."""
    with changing():
        imported = import_calendar(packaged.years(), actor=SYSTEM, now=now)
        hours = _load_office_hours(now)
        limits = _load_limits(now)
        if hours:
            note(f"装入办公时间 {hours} 条", "初始数据", actor=SYSTEM, now=now, moves_deadlines=True)
        if limits:
            note(f"装入时限 {limits} 条", "初始数据", actor=SYSTEM, now=now, moves_deadlines=False)
    return Loaded(len(imported.years), hours, limits)


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_office_hours(now: datetime) -> int:
    if OfficeHours.objects.exists():
        return 0
    names = ("morning_start", "morning_end", "afternoon_start", "afternoon_end")
    rows = [
        OfficeHours(
            place=row["place"],
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
            provenance=row["provenance"],
            noted_at=now,
            **{name: time.fromisoformat(row[name]) if row[name] else None for name in names},
        )
        for row in _table("office_hours.csv")
    ]
    return len(OfficeHours.objects.bulk_create(rows))


def _load_limits(now: datetime) -> int:
    """A key that has any row, even an ended one, has been looked at by somebody and is left alone."""
    here = set(TimeLimit.objects.values_list(*TimeLimit.KEY))
    rows = [
        TimeLimit(
            **{name: row[name] for name in TimeLimit.KEY},
            amount=Decimal(row["amount"]),
            unit=row["unit"],
            valid_from=START,
            source=row["source"],
            provenance=row["provenance"],
            confirmed=row["provenance"] == Provenance.PRIMARY,
            note=row["note"],
            noted_at=now,
        )
        for row in _table("limits.csv")
        if tuple(row[name] for name in TimeLimit.KEY) not in here
    ]
    return len(TimeLimit.objects.bulk_create(rows))

"""The checks: id, severity, and what each one asks, in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[1] / "reference" / "checks.csv"


class Severity(StrEnum):
    """F blocks publishing; E blocks unless explained; W wants a disposition; I informs."""

    FATAL = "F"
    ERROR = "E"
    WARNING = "W"
    INFO = "I"


SEVERITY_ZH = {"F": "致命", "E": "错误", "W": "提醒", "I": "提示"}


class Status(StrEnum):
    """What came of a check."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105
    DEFERRED = "deferred"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue."""

    id: str
    severity: Severity
    zh: str
    en: str


@cache
def checks() -> dict[str, Check]:
    """The catalogue in its order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Check(row["id"], Severity(row["severity"]), row["zh"], row["en"])
            for row in csv.DictReader(file)
        }

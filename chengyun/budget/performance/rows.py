"""Dated numbers of this part in force on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chengyun.budget.models import PerformanceRow
from chengyun.budget.performance.lights import Thresholds
from chengyun.budget.performance.words import RowKind
from chengyun.organisation.models.dated import valid_on

# Used only where somebody has taken the row away: monitoring without a bound would be silent.
_WITHOUT_ROW = {
    "behind_yellow": 10, "behind_red": 25, "ahead_yellow": 15, "ahead_red": 30,
    "attained_yellow": 100, "attained_red": 80, "far_beyond": 130, "unscored_allowed": 0,
}  # fmt: skip


def rows_on(kind: RowKind, day: date) -> list[PerformanceRow]:
    """The rows of a kind in force on a day, in their order."""
    return list(PerformanceRow.objects.filter(valid_on(day), kind=kind).order_by("position", "name"))


def value_on(kind: RowKind, name: str, day: date) -> Decimal:
    """One number."""
    row = PerformanceRow.objects.filter(valid_on(day), kind=kind, name=name).first()
    return row.value if row is not None else Decimal(_WITHOUT_ROW[name])


def thresholds_on(day: date) -> Thresholds:
    """The thresholds of monitoring."""
    found = {row.name: row.value for row in rows_on(RowKind.MONITORING, day)}
    return Thresholds(**{name: found.get(name, Decimal(_WITHOUT_ROW[name])) for name in Thresholds.__slots__})


def grades_on(day: date) -> list[tuple[Decimal, str]]:
    """Lower limits of the grades with their names."""
    return [(row.value, row.text) for row in rows_on(RowKind.GRADE, day)]


def bands_on(day: date) -> list[PerformanceRow]:
    """The bands of qualitative targets: ``text`` what it means, ``value`` the lowest share in per cent."""
    return rows_on(RowKind.BAND, day)

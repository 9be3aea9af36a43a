"""Units of a time limit, and the one place where an amount is checked."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from chengyun.kernel.labelled import Labelled
from chengyun.worktime.problems import CalendarError, Problem

SECOND = 1_000_000  # microseconds, the calendar's own grain
HOUR = 3600 * SECOND
DAY = 24 * HOUR
MOST = 1_000_000


class Unit(Labelled):
    """What a limit counts in."""

    WORKHOUR = "workhour", "工作时", "Working hour"
    WORKDAY = "workday", "工作日", "Working day"
    HOUR = "hour", "紧急工作时", "Continuous hour"
    DAY = "day", "紧急工作日", "Continuous day"
    CALENDAR_DAY = "calendar_day", "自然日", "Calendar day"

    @property
    def counts_office_time(self) -> bool:
        """Only office time passes on such a clock; on the others every second does."""
        return self in OFFICE_UNITS

    def counted(self, amount: Decimal) -> str:
        """An amount of it in the reader's words: ``4 工作时``, ``4 working hours``."""
        words = self.zh if self.label == self.zh else self.en.lower() + ("" if amount == 1 else "s")
        return f"{amount.normalize():f} {words}"


OFFICE_UNITS = frozenset({Unit.WORKHOUR, Unit.WORKDAY})
# Microseconds in one; 0 marks the units that count whole days.
SCALE: dict[str, int] = {
    Unit.WORKHOUR: HOUR,
    Unit.HOUR: HOUR,
    Unit.DAY: DAY,
    Unit.WORKDAY: 0,
    Unit.CALENDAR_DAY: 0,
}

Amount = int | float | Decimal


def quantity(amount: Amount, unit: str) -> int:
    """Check an amount; return microseconds for workhour, hour and day, whole days for the other two.

    Raises CalendarError for an unknown unit and for an amount that is no number (booleans are none), not
    finite, negative, above a million, or a fraction of a unit that counts whole days.
    """
    scale = SCALE.get(unit) if isinstance(unit, str) else None
    if scale is None:
        raise CalendarError(Problem.UNIT)
    _check(amount)
    if scale:
        return round(amount * scale)
    whole = int(amount)
    if whole != amount:
        raise CalendarError(Problem.FRACTION)
    return whole


def _check(amount: Amount) -> None:
    kind = type(amount)
    if kind is not int and kind is not float and kind is not Decimal:
        # A bool is an int to isinstance; a number type with rules of its own is nobody's amount.
        raise CalendarError(Problem.NOT_A_NUMBER)
    if kind is not int and not (isfinite(amount) if kind is float else Decimal(amount).is_finite()):
        raise CalendarError(Problem.NOT_FINITE)
    if not 0 <= amount <= MOST:
        if amount < 0:
            raise CalendarError(Problem.NEGATIVE)
        raise CalendarError(Problem.TOO_LARGE, most=f"{MOST:,}")

"""Many deadlines at once, with numpy. Same answers as ``WorkCalendar.due``, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chengyun.worktime.problems import CalendarError, Problem
from chengyun.worktime.units import DAY, MOST, SCALE, SECOND, Unit

if TYPE_CHECKING:
    from chengyun.worktime.calendar import WorkCalendar

Places = NDArray[np.int64]
OUTSIDE = -1
CODES = {unit: code for code, unit in enumerate(Unit)}


def due_many(
    calendar: WorkCalendar, starts: ArrayLike, amounts: ArrayLike, units: str | Sequence[str]
) -> NDArray[np.float64]:
    """See ``WorkCalendar.due_many``."""
    seconds = np.asarray(starts)
    if seconds.dtype.kind not in "iuf" or seconds.ndim != 1:
        raise CalendarError(Problem.NOT_A_MOMENT)
    if seconds.dtype.kind == "f" and not np.isfinite(seconds).all():
        raise CalendarError(Problem.NOT_FINITE)
    zero = round(calendar.zero.timestamp())
    since = seconds - zero
    if ((since < 0) | (since >= calendar.days * 86_400)).any():
        raise calendar.outside()
    places = np.rint(since * SECOND).astype(np.int64)
    codes = codes_of(units, len(places))
    due = due_places(calendar, places, quantities(amounts, codes), codes)
    if (due == OUTSIDE).any():
        raise calendar.outside()
    return (due + zero * SECOND) / SECOND


def codes_of(units: str | Sequence[str], rows: int) -> NDArray[np.int8]:
    """One small number a row for its unit."""
    try:
        if isinstance(units, str):
            return np.full(rows, CODES[Unit(units)], dtype=np.int8)
        codes = np.fromiter((CODES[unit] for unit in units), dtype=np.int8)  # type: ignore[index]
    except (KeyError, ValueError, TypeError):
        raise CalendarError(Problem.UNIT) from None
    if len(codes) != rows:
        raise CalendarError(Problem.UNIT)
    return codes


def quantities(amounts: ArrayLike, codes: NDArray[np.int8]) -> Places:
    """``units.quantity`` for a column."""
    values = np.asarray(amounts)
    if values.dtype.kind not in "iuf" or values.shape not in ((), codes.shape):
        raise CalendarError(Problem.NOT_A_NUMBER)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise CalendarError(Problem.NOT_FINITE)
    if (values < 0).any():
        raise CalendarError(Problem.NEGATIVE)
    if (values > MOST).any():
        raise CalendarError(Problem.TOO_LARGE, most=f"{MOST:,}")
    values = np.broadcast_to(values, codes.shape)
    scales = np.array([SCALE[unit] for unit in CODES], dtype=np.int64)[codes]
    whole = scales == 0
    if values.dtype.kind == "f" and (values[whole] != np.floor(values[whole])).any():
        raise CalendarError(Problem.FRACTION)
    counts: Places = np.rint(values * np.where(whole, 1, scales)).astype(np.int64)
    return counts


def due_places(calendar: WorkCalendar, at: Places, count: Places, codes: NDArray[np.int8]) -> Places:
    """``WorkCalendar.due_place`` for columns; OUTSIDE where the deadline leaves the calendar."""
    due = at.copy()
    for unit, code in CODES.items():
        rows = np.flatnonzero((codes == code) & (count > 0))
        if len(rows):
            due[rows] = _of_unit(calendar, at[rows], count[rows], unit)
    due[(due > calendar.days * DAY) | (due < 0)] = OUTSIDE
    return due


def _of_unit(calendar: WorkCalendar, at: Places, count: Places, unit: Unit) -> Places:
    if unit is Unit.WORKHOUR:
        return _earliest(calendar, _office_places(calendar, at) + count)
    if unit is Unit.WORKDAY:
        return _closings(calendar, at, count)
    if unit is Unit.CALENDAR_DAY:
        return (at // DAY + 1 + count) * DAY
    return at + count


def _closings(calendar: WorkCalendar, at: Places, count: Places) -> Places:
    if len(calendar.meanings) > 1:
        pairs = zip(at.tolist(), count.tolist(), strict=True)
        return np.array([_one(calendar, place, days) for place, days in pairs], dtype=np.int64)
    tables = calendar.tables
    before = np.frombuffer(tables.work_before, dtype=np.int64)
    work_days = np.frombuffer(tables.work_days, dtype=np.int64)
    ordinal = before[at // DAY + 1] + count - 1
    inside = ordinal < len(work_days)
    day = work_days[np.where(inside, ordinal, 0)]
    closing = np.array([periods[-1][1] if periods else 0 for periods in tables.shifts], dtype=np.int64)
    shift = np.frombuffer(tables.shift, dtype=np.uint8)
    return np.where(inside, day * DAY + closing[shift[day]], OUTSIDE)


def _one(calendar: WorkCalendar, at: int, count: int) -> int:
    """A dated meaning of 工作日 is rare; its rows go one by one."""
    try:
        return calendar.due_place(at, count, Unit.WORKDAY)
    except CalendarError:
        return OUTSIDE


def _periods(calendar: WorkCalendar) -> tuple[Places, Places]:
    """Openings and closings by shift and period; short shifts are filled up with empty periods."""
    shifts = calendar.tables.shifts
    shape = (len(shifts), max(len(periods) for periods in shifts))
    opening, closing = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, periods in enumerate(shifts):
        for column, (start, end) in enumerate(periods):
            opening[row, column], closing[row, column] = start, end
    return opening, closing


def _office_places(calendar: WorkCalendar, at: Places) -> Places:
    tables = calendar.tables
    opening, closing = _periods(calendar)
    day = at // DAY
    clock = at - day * DAY
    shift = np.frombuffer(tables.shift, dtype=np.uint8)[day]
    total = np.frombuffer(tables.office_before, dtype=np.int64)[day]
    for column in range(opening.shape[1]):
        start, end = opening[shift, column], closing[shift, column]
        total = total + np.clip(clock - start, 0, end - start)
    return total


def _earliest(calendar: WorkCalendar, office: Places) -> Places:
    tables = calendar.tables
    opening, closing = _periods(calendar)
    before = np.frombuffer(tables.office_before, dtype=np.int64)
    inside = office <= before[-1]
    office = np.where(inside, office, 1)
    day = np.searchsorted(before, office, side="left") - 1
    left = office - before[day]
    shift = np.frombuffer(tables.shift, dtype=np.uint8)[day]
    clock = np.zeros_like(left)
    for column in range(opening.shape[1]):
        start, length = opening[shift, column], (closing - opening)[shift, column]
        here = (left > 0) & (left <= length)
        clock = np.where(here, start + left, clock)
        left = np.where(here, 0, left - length)
    return np.where(inside, day * DAY + clock, OUTSIDE)

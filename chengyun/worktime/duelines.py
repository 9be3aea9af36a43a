"""Lines of JSON in, lines of JSON out: the work behind ``chengyun clock due``. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO

import msgspec

from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.problems import CalendarError
from chengyun.worktime.units import DAY, OFFICE_UNITS, SECOND, quantity

CHUNK = 1 << 20
LONGEST = 1 << 16  # bytes of one line; a request is about 80
FEW = 300  # below this, loading numpy costs more than it saves
MARK = b"\xef\xbb\xbf"  # some editors put it before the first line
BLANK = "the line is empty; each line is an object with start, amount and unit"
LONG = f"the line is longer than {LONGEST} bytes"


@dataclass(slots=True)
class Answers:
    """Answers lines and remembers the years, met by a deadline, that have no official table."""

    calendar: WorkCalendar
    unofficial_years: set[int] = field(default_factory=set)
    _dates: dict[int, tuple[str, int]] = field(default_factory=dict)

    def of(self, lines: list[bytes]) -> bytes:
        """One line of JSON for each line, in order: ``{"due": …}`` or ``{"error": …}``."""
        asked: list[tuple[int, int, str] | str] = [self._read(line) for line in lines]
        rows = [row for row in asked if not isinstance(row, str)]
        places = iter(self._few(rows) if len(rows) < FEW else self._many(rows))
        return "".join(
            _error(row) if isinstance(row, str) else self._write(next(places), row[2]) for row in asked
        ).encode()

    def _read(self, line: bytes) -> tuple[int, int, str] | str:
        """Place of the start, quantity and unit; or what is wrong with the line."""
        if len(line) > LONGEST:
            return LONG
        try:
            row = msgspec.json.decode(line)
        except RecursionError:
            return "the line is nested too deeply; it should be one flat object"
        except (msgspec.DecodeError, ValueError) as problem:
            return f"not valid JSON: {problem}" if line.strip() else BLANK
        if not isinstance(row, dict):
            return "the line must be an object with start, amount and unit"
        try:
            start, amount, unit = row["start"], row["amount"], row["unit"]
        except KeyError as missing:
            return f"{missing.args[0]} is missing"
        try:
            place = self.calendar.place(datetime.fromisoformat(start))
        except (TypeError, ValueError):
            return "start is not a time; write it like 2026-09-30T16:40:00+08:00"
        except CalendarError as problem:
            return f"start: {problem}"
        try:
            return place, quantity(amount, unit), unit
        except CalendarError as problem:
            return str(problem)

    def _few(self, rows: list[tuple[int, int, str]]) -> Iterator[int]:
        for row in rows:
            try:
                yield self.calendar.due_place(*row)
            except CalendarError:
                yield -1

    def _many(self, rows: list[tuple[int, int, str]]) -> list[int]:
        import numpy as np

        from chengyun.worktime import batch

        places, counts, units = zip(*rows, strict=True)
        codes = batch.codes_of(units, len(rows))
        column = np.array(places, dtype=np.int64)
        # A count beyond the calendar's length overflows nothing here: quantity allows a million days at most.
        found: list[int] = batch.due_places(
            self.calendar, column, np.array(counts, dtype=np.int64), codes
        ).tolist()
        return found

    def _write(self, place: int, unit: str) -> str:
        if not 0 <= place <= self.calendar.days * DAY:
            return _error(str(self.calendar.outside()))
        day, clock = divmod(place, DAY)
        found = self._dates.get(day)
        if found is None:
            due = self.calendar.first + timedelta(days=day)
            found = self._dates[day] = (due.isoformat(), due.year)
        text, year = found
        if unit in OFFICE_UNITS and year not in self.calendar.official_years:
            self.unofficial_years.add(year)
        seconds, part = divmod(clock, SECOND)
        minutes, second = divmod(seconds, 60)
        fraction = f".{part:06d}" if part else ""
        return f'{{"due": "{text}T{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}{fraction}+08:00"}}\n'


def _error(text: str) -> str:
    return f'{{"error": {msgspec.json.encode(text).decode()}}}\n'


def chunks(file: BinaryIO) -> Iterator[list[bytes]]:
    """Whole lines as they come, so that a caller at the other end of a pipe gets each answer at once.

    A line that is too long is handed on cut, and the rest of it is dropped, whatever its length.
    """
    pending, dropping, first = b"", False, True
    read = getattr(file, "read1", file.read)
    while data := read(CHUNK):
        if first:
            data, first = data.removeprefix(MARK), False
        *lines, rest = data.split(b"\n")
        if lines:
            lines[0] = pending + lines[0]
            if dropping:
                del lines[0]
            pending, dropping = b"", False
            yield lines
        if not dropping:
            pending += rest
            if len(pending) > LONGEST:
                yield [pending]
                pending, dropping = b"", True
    if pending and not dropping:
        yield [pending]

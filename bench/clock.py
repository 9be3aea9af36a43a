"""How many due times one core computes in a second, all units mixed."""

from __future__ import annotations

import time

import numpy as np

from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.units import Unit

FIRST = 1_767_225_600.0  # 2026-01-01 00:00 UTC
MONTHS_NINE = 270 * 86_400


def due_per_second(rows: int = 1_000_000) -> float:
    """Due times a second in batches of a million; the middle one of five."""
    numbers = np.random.default_rng(1)
    starts = FIRST + numbers.integers(0, MONTHS_NINE, rows).astype(float)
    amounts = numbers.integers(0, 16, rows).astype(float)
    kinds = list(Unit)
    units = [kinds[place] for place in numbers.integers(0, len(kinds), rows)]
    calendar = packaged_calendar()
    calendar.due_many(starts, amounts, units)  # builds what is built once
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        calendar.due_many(starts, amounts, units)
        spent.append(time.perf_counter() - began)
    return rows / sorted(spent)[2]

"""Case numbers: one series per kind, district and day, without gaps.

The counter moves in the transaction that opens the case, so a case that is not opened takes no number.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from chengyun.kernel import straight
from chengyun.kernel.clock import local
from chengyun.kernel.writing import let_go_before_flush

PREFIXES = {"hotline": "RX", "grid": "WG"}  # 热线, 网格


def series_of(kind: str, now: datetime) -> str:
    """Name of the series, as in ``RX310113-20261123``."""
    return f"{PREFIXES[kind]}{settings.DISTRICT_CODE}-{_day(now)}"


@lru_cache(maxsize=4096)
def _day(moment: datetime) -> str:
    return f"{local(moment):%Y%m%d}"


def take_numbers(series: str, count: int = 1) -> range:
    """Take the next serials of a series; call inside ``writing()``, as late as may be.

    Everybody who opens a case waits for this row: it is let go at the commit, before the disk has it.
    """
    let_go_before_flush()
    last = straight.fetch_number(
        "INSERT INTO cases_numberseries (series, last) VALUES (%s, %s) "
        "ON CONFLICT (series) DO UPDATE SET last = cases_numberseries.last + excluded.last RETURNING last",
        [series, count],
    )
    return range(last - count + 1, last + 1)


def number_of(series: str, serial: int) -> str:
    """The number as people write it: ``RX310113-20261123-00017``."""
    return f"{series}-{serial:05d}"

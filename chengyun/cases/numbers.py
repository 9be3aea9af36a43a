"""Case numbers: one series per kind, district and day, without gaps.

The counter moves in the transaction that opens the case, so a case that is not opened takes no number.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection

from chengyun.kernel import straight
from chengyun.kernel.clock import local
from chengyun.kernel.writing import LET_GO_AT_COMMIT, flush_after_commit

PREFIXES = {"hotline": "RX", "grid": "WG"}  # 热线, 网格


def series_of(kind: str, now: datetime) -> str:
    """Name of the series, as in ``RX310113-20261123``."""
    return f"{PREFIXES[kind]}{settings.DISTRICT_CODE}-{_day(now)}"


@lru_cache(maxsize=4096)
def _day(moment: datetime) -> str:
    return f"{local(moment):%Y%m%d}"


# Everybody who opens a case waits for this row: it is let go at the commit, before the disk has it.
_SOURCES = {"sqlite": "(SELECT 1)", "postgresql": LET_GO_AT_COMMIT}


def taking_sql(vendor: str) -> str:
    """The statement that takes numbers of a series: values are series and count, the answer is ``last``.

    On PostgreSQL ``flush_after_commit()`` must follow.
    """
    return (
        f"INSERT INTO cases_numberseries (series, last) SELECT %s, %s FROM {_SOURCES[vendor]} WHERE true "  # noqa: S608
        "ON CONFLICT (series) DO UPDATE SET last = cases_numberseries.last + excluded.last RETURNING last"
    )


def take_numbers(series: str, count: int = 1) -> range:
    """Take the next serials of a series; call inside ``writing()``, as late as may be."""
    last = straight.fetch_number(taking_sql(connection.vendor), [series, count])
    if connection.vendor == "postgresql":
        flush_after_commit()
    return range(last - count + 1, last + 1)


def number_of(series: str, serial: int) -> str:
    """The number as people write it: ``RX310113-20261123-00017``."""
    return f"{series}-{serial:05d}"


# The serial and the number once more, in PostgreSQL's words; ``taken`` answers what ``taking_sql`` did.
SERIAL_SQL = "lpad(taken.last::text, greatest(5, length(taken.last::text)), '0')"

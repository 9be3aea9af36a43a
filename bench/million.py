"""Two million cases for the measurements of reading: `python -m bench.million --cases 2000000`.

Works on the database that CHENGYUN_DATA and CHENGYUN_DATABASE_URL name, which must hold rehearsal data.
"""

from __future__ import annotations

import argparse
import os
import time
from typing import Any

import django

from bench.fill import Table, columns, copy_sql
from bench.tables import SEARCH, TABLES

COPIES_AT_ONCE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000_000)
    wanted = parser.parse_args().cases
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        multiply(cursor, connection.vendor, wanted)


def multiply(cursor: Any, vendor: str, wanted: int) -> None:
    """Copy until there are ``wanted`` cases; prints how long each table took."""
    cases = highest(cursor, "cases_case")
    cursor.execute("SELECT count(*) FROM cases_case")
    originals = cursor.fetchone()[0]
    if not originals:
        raise SystemExit("There is no case to multiply; fill in rehearsal data first: chengyun rehearse")
    copies = -(-(wanted - originals) // originals)
    if vendor == "sqlite":
        cursor.execute("PRAGMA synchronous=OFF")  # of this connection alone; the product's own keep FULL
    else:
        cursor.execute("SET session_replication_role = replica")  # no foreign key is looked up per row
    search, search_names = SEARCH[vendor]
    for table in TABLES:
        copy(cursor, vendor, table, columns(cursor, table.name), cases, copies)
    copy(cursor, vendor, search, search_names, cases, copies)
    if vendor == "postgresql":
        for table in TABLES:
            if table.has_id:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                )
    cursor.execute("ANALYZE")


def copy(cursor: Any, vendor: str, table: Table, names: list[str], cases: int, copies: int) -> None:
    """Add the copies of one table, some at a time so that no transaction grows without bound."""
    began = time.monotonic()
    rows = highest(cursor, table.name) if table.has_id else 0
    for first in range(1, copies + 1, COPIES_AT_ONCE):
        last = min(first + COPIES_AT_ONCE - 1, copies)
        # Not through Django's placeholders: the SQL of a shifted time holds per cent signs.
        cursor.execute(copy_sql(table, names, vendor, cases=cases, first=first, last=last, rows=rows), None)
    print(f"  {table.name}: {time.monotonic() - began:.1f} s", flush=True)


def highest(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()

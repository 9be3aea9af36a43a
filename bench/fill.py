"""Fill a database with many cases quickly: rows are multiplied inside the database, not sent one by one.

A few hundred cases are made through the real verbs (rehearsal); their rows are then copied in SQL, table
by table, with new keys and shifted times, until there are as many as wanted. What was copied looks like the
original in every column that pages filter and sort by; the hash chain of the copies is not that of a real
history, so `chengyun audit verify` is not run on such a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """How the rows of a table are copied.

    ``case_key`` is the column that names the case ("id" in the table of cases itself). ``fresh`` maps a
    column to the SQL of its value in the copy; ``{n}`` there is the number of the copy, from 1. The times
    in ``shifted`` lie one day further back with each copy, over three years and then again.
    """

    name: str
    case_key: str
    fresh: dict[str, str] = field(default_factory=dict)
    has_id: bool = True
    shifted: tuple[str, ...] = ()


SHIFT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', original.{name}, '-' || (copy.n % 1000) || ' days')",
    "postgresql": "original.{name} - (copy.n % 1000) * interval '1 day'",
}


def columns(cursor: Any, table: str) -> list[str]:
    """The names of a table's columns, in order."""
    from django.db import connection

    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def copy_sql(
    table: Table, names: list[str], vendor: str, *, cases: int, first: int, last: int, rows: int
) -> str:
    """One INSERT … SELECT that adds the copies ``first`` to ``last`` of a table's original rows.

    ``cases`` and ``rows`` are the highest keys among the originals: copy n of key k gets k + n * highest.
    """
    values = []
    for name in names:
        if name in table.fresh:
            values.append(table.fresh[name].format(n="copy.n"))
        elif name in table.shifted:
            values.append(SHIFT[vendor].format(name=name))
        elif name == table.case_key:
            values.append(f"original.{name} + copy.n * {cases}")
        elif name == "id" and table.has_id:
            values.append(f"original.id + copy.n * {rows}")
        else:
            values.append(f"original.{name}")
    quoted = ", ".join(f'"{name}"' for name in names)
    return (
        f"WITH RECURSIVE copy(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM copy WHERE n < {last}) "
        f"INSERT INTO {table.name} ({quoted}) SELECT {', '.join(values)} "
        f"FROM {table.name} AS original CROSS JOIN copy WHERE original.{table.case_key} <= {cases}"
    )

"""Several index-friendly reads of cases put together into one statement.

The database finds the first rows of ``state = x`` by due time in a fraction of a millisecond, but of
``state in (x, y)`` only by sorting all of them. So every state is a branch of its own, cut off early, and the
branches are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from chengyun.workbench.queries.wheres import Where, as_sql

_MOST_PARTS = 400  # SQLite takes at most 500 parts in one compound statement


@dataclass(frozen=True, slots=True)
class Branch:
    """One index and where to begin in it.

    ``where``: conditions that the index serves; ``aside``: conditions that it does not; ``ordered``: whether
    it yields the rows in the order of the list; ``pair``: the kind and state, if the branch has only one.
    """

    where: tuple[Where, ...]
    aside: tuple[Where, ...] = ()
    ordered: bool = True
    pair: tuple[str, str] | None = None

    def select(self, columns: str, order: str = "", most: int = 0, start: int = 0) -> tuple[str, list[Any]]:
        """The statement for some columns; ``order`` as ``due_at`` or ``-registered_at``."""
        condition, values = as_sql(self.where, self.aside)
        sql = f"SELECT {columns} FROM cases_case WHERE {condition}"  # noqa: S608  names are this room's own
        if order:
            column, way = order.lstrip("-"), "DESC" if order.startswith("-") else "ASC"
            sql += f" ORDER BY {column if self.ordered else _not_by_index(column)} {way}"
            # Without the id the index alone answers; it is needed only where pages must not overlap.
            sql += f", id {way}" if columns.startswith("id") else ""
        if most:
            sql += f" LIMIT {most:d} OFFSET {start:d}"
        return sql, values


def first_ids(branches: Sequence[Branch], order: str, start: int, count: int) -> list[int]:
    """Ids of the rows ``start`` up to ``start + count`` of all branches together, in order.

    Branches must not overlap. ``order`` is ``due_at`` or ``registered_at``, with ``-`` for the latest first.
    """
    column, way = order.lstrip("-"), "DESC" if order.startswith("-") else "ASC"
    parts = [branch.select(f"id, {column}", order, start + count) for branch in branches]
    if not parts:
        return []
    inner = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS b{place}" for place, (sql, _) in enumerate(parts))  # noqa: S608
    sql = f"SELECT id FROM ({inner}) AS merged ORDER BY {column} {way}, id {way} LIMIT %s OFFSET %s"  # noqa: S608
    return [int(row[0]) for row in _run(sql, [*_values(parts), count, start])]


def counts(groups: Sequence[Sequence[Branch]], most: int) -> list[int]:
    """How many rows each group of branches has; a branch is counted no further than ``most`` + 1."""
    totals = [0] * len(groups)
    parts: list[tuple[str, list[Any]]] = []
    for place, group in enumerate(groups):
        for branch in group:
            sql, values = branch.select("id", most=most + 1)
            parts.append((f"SELECT {place:d}, COUNT(*) FROM ({sql}) AS b{len(parts)}", values))  # noqa: S608
    for start in range(0, len(parts), _MOST_PARTS):
        some = parts[start : start + _MOST_PARTS]
        for place, number in _run(" UNION ALL ".join(sql for sql, _ in some), _values(some)):
            totals[place] += number
    return totals


def count_by(branches: Sequence[Branch], columns: str, most: int) -> list[tuple[Any, ...]]:
    """Numbers of rows by the values of some columns, over no more than ``most`` rows of each branch."""
    parts = [branch.select(columns, most=most) for branch in branches]
    if not parts:
        return []
    inner = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS b{place}" for place, (sql, _) in enumerate(parts))  # noqa: S608
    sql = f"SELECT {columns}, COUNT(*) FROM ({inner}) AS merged GROUP BY {columns}"  # noqa: S608
    return _run(sql, _values(parts))


def moments_at(branches: Sequence[Branch], order: str, place: int) -> list[Any]:
    """For each branch the moment of its row number ``place`` in this order, as the database keeps it, or None."""
    column = order.lstrip("-")
    parts = []
    for number, branch in enumerate(branches):
        sql, values = branch.select(column, order, 1, place)
        parts.append((f"SELECT {number:d}, ({sql})", values))
    if not parts:
        return []
    return [row[1] for row in sorted(_run(" UNION ALL ".join(sql for sql, _ in parts), _values(parts)))]


def _not_by_index(column: str) -> str:
    """The column as an expression that no index is in order of."""
    return f"+{column}" if connection.vendor == "sqlite" else f"COALESCE({column}, {column})"


def _values(parts: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    return [value for _sql, values in parts for value in values]


def _run(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())

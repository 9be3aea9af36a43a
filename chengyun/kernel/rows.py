"""Appending rows in plain SQL, one, a family or many, on either database.

Django's ``bulk_create`` costs 30–50 microseconds a row before the database has seen it; a case with its full
history is some twenty rows, and an import writes a thousand cases a second. Columns and their conversion
are worked out once per table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Protocol

import msgspec
from django.db import connection, models

from chengyun.kernel import straight

Converter = Callable[[Any], Any]


@lru_cache(maxsize=20_000)  # one moment stands in dozens of columns of a case
def _moment_for_sqlite(value: datetime | None) -> str | None:
    if value is None:
        return None
    # As Django writes it: UTC without a zone. The text of a UTC moment ends in +00:00.
    return str(value if value.tzinfo is UTC else value.astimezone(UTC))[:-6]


def _json_text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _json_for_postgresql(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)


_SQLITE: dict[type[models.Field[Any, Any]], Converter] = {
    models.DateTimeField: _moment_for_sqlite,
    models.DateField: lambda value: value.isoformat() if isinstance(value, date) else value,
    models.JSONField: _json_text,
    models.DecimalField: lambda value: None if value is None else str(value),
    models.UUIDField: lambda value: None if value is None else value.hex,
}
_POSTGRESQL: dict[type[models.Field[Any, Any]], Converter] = {models.JSONField: _json_for_postgresql}


@lru_cache(maxsize=20_000)
def _moment_for_copy(value: datetime | None) -> str | None:
    return None if value is None else str(value)


# In a COPY everything is text: what we write ourselves, and once for equal moments, costs a third less.
_COPY: dict[type[models.Field[Any, Any]], Converter] = {
    models.DateTimeField: _moment_for_copy,
    models.JSONField: _json_text,
}
_KNOWN = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL, "copy": _COPY}


class Rows(Protocol):
    """Where rows can be appended. ``sql`` is an INSERT with one ``%s`` for each value."""

    @property
    def sql(self) -> str: ...

    def converted(self, values: Sequence[Any], vendor: str) -> list[Any]:
        """The values of one row as the database takes them."""


class Table:
    """Rows of one model, written by column name (``case_id``, not ``case``)."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self.model = model
        self.columns = tuple(columns)
        self.name = model._meta.db_table
        fields = {field.column: field for field in model._meta.concrete_fields}
        self._fields = [fields[column] for column in columns]
        self._converters: dict[str, list[tuple[int, Converter]]] = {}
        self._columns = ", ".join(f'"{column}"' for column in self.columns)
        places = ", ".join(["%s"] * len(self.columns))
        # Names come from our models, never from outside.
        self.sql = f'INSERT INTO "{self.name}" ({self._columns}) VALUES ({places})'  # noqa: S608
        self._returning = f"{self.sql} RETURNING id"

    def insert(self, values: Sequence[Any], *, returning: bool = False) -> int:
        """Append one row; return its id if asked, else 0."""
        row = self.converted(values, connection.vendor)
        if returning:
            return straight.fetch_number(self._returning, row)
        straight.run(self.sql, row)
        return 0

    def converted(self, values: Sequence[Any], vendor: str) -> list[Any]:
        """The values of one row as the database takes them."""
        row = list(values)
        for index, convert in self._converters_for(vendor):
            row[index] = convert(row[index])
        return row

    def insert_many(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append many rows in one go (COPY on PostgreSQL)."""
        postgresql = connection.vendor == "postgresql"
        converted = self._converted(rows, "copy" if postgresql else "sqlite")
        with connection.cursor() as cursor:
            if not postgresql:
                cursor.executemany(self.sql, converted)
                return
            with cursor.copy(f'COPY "{self.name}" ({self._columns}) FROM STDIN') as copy:
                for row in converted:
                    copy.write_row(row)

    def _converted(self, rows: Iterable[Sequence[Any]], way: str) -> list[tuple[Any, ...]]:
        """Many rows as the database takes them, converted column by column."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        if not columns:
            return []
        for index, convert in self._converters_for(way):
            columns[index] = map(convert, columns[index])
        return list(zip(*columns, strict=True))

    def _converters_for(self, way: str) -> list[tuple[int, Converter]]:
        """``way`` is the database's name, or "copy" for PostgreSQL's COPY."""
        if way not in self._converters:
            known = _KNOWN[way]
            self._converters[way] = [
                (index, known[kind])
                for index, field in enumerate(self._fields)
                for kind in [next((one for one in type(field).__mro__ if one in known), None)]
                if kind is not None
            ]
        return self._converters[way]


class Expression(str):
    """SQL of our own that stands in a row in place of a value; never anything from outside."""

    __slots__ = ()


def insert_family(
    parent: Table,
    values: Sequence[Any],
    children: Sequence[tuple[Rows, Sequence[Any]]],
    *,
    first: Sequence[tuple[str, str, Sequence[Any]]] = (),
    answers: str = "id",
) -> tuple[Any, ...]:
    """Append a row and rows that hang on it; return what the row ``answers``: its id.

    A child's first value, whatever it is, becomes that id. On PostgreSQL all is one statement, because a round
    trip costs as much there as a row; it alone takes ``first``, queries that go before (name, SQL, values), and
    an ``Expression`` as a value.
    """
    if connection.vendor == "sqlite":
        assert not first
        parent_id = parent.insert(values, returning=True)
        for child, row in children:
            straight.run(child.sql, [parent_id, *child.converted(row, "sqlite")[1:]])
        return (parent_id,)
    parts = [f"{name} AS ({sql})" for name, sql, _ in first]
    given = [value for _, _, values in first for value in values]
    parts.append(f"parent AS ({_placed(parent, values, given)} RETURNING {answers})")
    for place, (child, row) in enumerate(children):
        whole = (_OF_PARENT, *row[1:])
        parts.append(f"child{place} AS ({_placed(child, whole, given)})")
    return straight.fetch_row(f"WITH {', '.join(parts)} SELECT * FROM parent", given)  # noqa: S608


_OF_PARENT = Expression("(SELECT id FROM parent)")


def _placed(table: Rows, values: Sequence[Any], given: list[Any]) -> str:
    """The INSERT of a row with its expressions in their places; the other values are added to ``given``."""
    row = table.converted(values, "postgresql")
    given += [value for value in row if type(value) is not Expression]
    pieces = table.sql.split("%s")
    places = (value if type(value) is Expression else "%s" for value in row)
    return "".join([pieces[0], *(part for pair in zip(places, pieces[1:], strict=True) for part in pair)])


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ids ahead of a bulk insert, inside the write transaction that will use them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
        # SQLite: this transaction is the only writer, so the highest id cannot move under it.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (int(row[0]) if row else 0) + 1
        return list(range(first, first + count))

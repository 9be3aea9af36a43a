"""Appending rows in plain SQL, one or many, on either database.

Django's ``bulk_create`` costs 30–50 microseconds a row before the database has seen it; a case with its full
history is some twenty rows, and an import writes a thousand cases a second. Columns and their conversion
are worked out once per table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models

Converter = Callable[[Any], Any]


def _moment_for_sqlite(value: datetime | None) -> str | None:
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _json_for_sqlite(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_for_postgresql(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)


_SQLITE: dict[type[models.Field[Any, Any]], Converter] = {
    models.DateTimeField: _moment_for_sqlite,
    models.DateField: lambda value: value.isoformat() if isinstance(value, date) else value,
    models.JSONField: _json_for_sqlite,
    models.DecimalField: lambda value: None if value is None else str(value),
    models.UUIDField: lambda value: None if value is None else value.hex,
}
_POSTGRESQL: dict[type[models.Field[Any, Any]], Converter] = {models.JSONField: _json_for_postgresql}


class Table:
    """Rows of one model, written by column name (``case_id``, not ``case``)."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self.model = model
        self.columns = tuple(columns)
        self.name = model._meta.db_table
        fields = {field.column: field for field in model._meta.concrete_fields}
        self._fields = [fields[column] for column in columns]
        self._converters: dict[str, list[tuple[int, Converter]]] = {}

    def insert(self, values: Sequence[Any], *, returning: bool = False) -> int:
        """Append one row; return its id if asked, else 0."""
        sql = self._sql() + (" RETURNING id" if returning else "")
        with connection.cursor() as cursor:
            cursor.execute(sql, self._converted(values))
            return int(cursor.fetchone()[0]) if returning else 0

    def insert_many(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append many rows in one go (COPY on PostgreSQL)."""
        converted = [self._converted(row) for row in rows]
        if not converted:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                columns = ", ".join(f'"{column}"' for column in self.columns)
                with cursor.copy(f'COPY "{self.name}" ({columns}) FROM STDIN') as copy:
                    for row in converted:
                        copy.write_row(row)
            else:
                cursor.executemany(self._sql(), converted)

    def _sql(self) -> str:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        places = ", ".join(["%s"] * len(self.columns))
        return f'INSERT INTO "{self.name}" ({columns}) VALUES ({places})'  # noqa: S608  names come from models

    def _converted(self, values: Sequence[Any]) -> list[Any]:
        converters = self._converters.get(connection.vendor)
        if converters is None:
            converters = self._converters[connection.vendor] = self._find_converters()
        row = list(values)
        for index, convert in converters:
            row[index] = convert(row[index])
        return row

    def _find_converters(self) -> list[tuple[int, Converter]]:
        known = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
        found = []
        for index, field in enumerate(self._fields):
            convert = next((known[kind] for kind in type(field).__mro__ if kind in known), None)
            if convert is not None:
                found.append((index, convert))
        return found


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

"""Statements straight to the database's driver, for the few that run hundreds of times a second.

Django's cursors cost more than such a statement itself. ``%s`` stands for a value, as in Django; errors are
Django's. PostgreSQL keeps the statements prepared: writing eighty values into the text of one, and planning
it anew each time, would cost more than the insert.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def run(sql: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that answers nothing."""
    _execute(sql, values)


def fetch_number(sql: str, values: Sequence[Any] = ()) -> int:
    """Run a statement that answers one whole number."""
    row = _execute(sql, values).fetchone()
    return int(row[0])


def fetch_row(sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    """Run a statement that answers one row."""
    return tuple(_execute(sql, values).fetchone())


def _execute(sql: str, values: Sequence[Any]) -> Any:
    here = connections[
        DEFAULT_DB_ALIAS
    ]  # looked up once: each look through ``connection`` costs a microsecond
    here.ensure_connection()
    raw = here.connection
    with here.wrap_database_errors:
        if here.vendor == "sqlite":
            return raw.execute(_with_question_marks(sql), values)
        from psycopg import RawCursor

        return RawCursor(raw).execute(_with_numbers(sql), values, prepare=True)


@lru_cache(maxsize=512)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


@lru_cache(maxsize=512)
def _with_numbers(sql: str) -> str:
    places = count(1)
    return re.sub("%s", lambda _: f"${next(places)}", sql)

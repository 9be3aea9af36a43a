"""Full-text search over Chinese: text is cut into overlapping pairs of characters, plus whole words and numbers.

SQLite keeps them in an FTS5 table, PostgreSQL in a ``tsvector`` with a GIN index; neither needs an extension
or a dictionary, and a two-character word is found, which trigram indexes cannot do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import add
from typing import Any

from django.db import connection

_RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9a-z]+")
_MOST_TOKENS = 4000  # a longer text is indexed by its beginning


def tokens_of(*texts: str) -> list[str]:
    """The tokens of some texts, each once, in order of appearance."""
    text = unicodedata.normalize("NFKC", " ".join(texts)).lower()
    # A blank between the texts keeps the end of one and the beginning of the next from making a pair.
    pieces = [
        (run,) if run[0] < "\u3400" or len(run) == 1 else map(add, run, run[1:])
        for run in _RUNS.findall(text)
    ]
    return list(dict.fromkeys(chain.from_iterable(pieces)))[:_MOST_TOKENS]


class _Index:
    """The index as ``kernel.rows`` appends to it; a row is (case id, tokens)."""

    @property
    def sql(self) -> str:
        if connection.vendor == "sqlite":
            return "INSERT INTO cases_searchtext (rowid, tokens) VALUES (%s, %s)"
        return "INSERT INTO cases_searchtext (case_id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))"

    def converted(self, values: Sequence[Any], vendor: str) -> list[Any]:
        case_id, tokens = values
        return [case_id, " ".join(tokens) if vendor == "sqlite" else tokens]


class _NumberedIndex(_Index):
    """The same on PostgreSQL inside the statement that gives a case its number: the serial joins the tokens."""

    @property
    def sql(self) -> str:
        return (
            "INSERT INTO cases_searchtext (case_id, tokens) "
            "VALUES (%s, array_to_tsvector(%s::text[] || (SELECT serial FROM sealed)))"
        )


INDEX, NUMBERED_INDEX = _Index(), _NumberedIndex()


def index(case_id: int, *texts: str) -> None:
    """Put one case into the index, or replace what stands there."""
    index_many([(case_id, tokens_of(*texts))])


def index_many(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Put many cases into the index: pairs of case id and tokens."""
    rows = list(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT OR REPLACE INTO cases_searchtext (rowid, tokens) VALUES (%s, %s)",
                [(case_id, " ".join(tokens)) for case_id, tokens in rows],
            )
        else:
            cursor.executemany(
                "INSERT INTO cases_searchtext (case_id, tokens) VALUES (%s, array_to_tsvector(%s::text[])) "
                "ON CONFLICT (case_id) DO UPDATE SET tokens = excluded.tokens",
                rows,
            )


def copy_many(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Like ``index_many`` for cases that are not in the index yet; on PostgreSQL by COPY."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(INDEX.sql, [(case_id, " ".join(tokens)) for case_id, tokens in rows])
        return
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY cases_searchtext (case_id, tokens) FROM STDIN") as copy,
    ):
        for case_id, tokens in rows:
            copy.write_row((case_id, " ".join(f"'{token}'" for token in tokens)))


def find(text: str, *, batch: int = 500, most: int = 20_000, below: int = 0) -> Iterator[list[int]]:
    """Yield batches of ids of cases that hold every token of ``text``, newest first.

    ``below`` goes on from an earlier search: only ids beneath it; 0 begins with the newest.
    """
    tokens = tokens_of(text)
    if not tokens:
        return
    seen = 0
    while seen < most:
        ids = _find_below(tokens, below, batch)
        if ids:
            yield ids
        if len(ids) < batch:
            return
        below, seen = ids[-1], seen + len(ids)


def _find_below(tokens: list[str], below: int, batch: int) -> list[int]:
    if connection.vendor == "sqlite":
        query = " AND ".join(f'"{token}"' for token in tokens)
        column, condition = "rowid", "cases_searchtext MATCH %s"
    else:
        query = " & ".join(f"'{token}'" for token in tokens)
        column, condition = "case_id", "tokens @@ %s::tsquery"
    arguments: list[str | int] = [query]
    if below:
        condition += f" AND {column} < %s"
        arguments.append(below)
    sql = f"SELECT {column} FROM cases_searchtext WHERE {condition} ORDER BY {column} DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*arguments, batch])
        return [int(row[0]) for row in cursor.fetchall()]

"""A new case on its way into the tables, with the next number and the seal over it.

Everybody who opens a case waits for the counter of numbers. On PostgreSQL the number is therefore taken, the
first event sealed and everything written in one statement, which is its own transaction: measured, twice as
many cases a second as in six round trips. SQLite has no round trips and goes step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.db import connection, transaction

from chengyun.cases import chain, engine, ledger, search
from chengyun.cases.actions.contacts import CONTACTS, contact_row
from chengyun.cases.facts import CaseFacts
from chengyun.cases.numbers import SERIAL_SQL, number_of, take_numbers, taking_sql
from chengyun.kernel.rows import Expression, Rows
from chengyun.kernel.writing import flush_after_commit, writing

_NUMBER, _SEAL = Expression("(SELECT number FROM sealed)"), Expression("(SELECT seal FROM sealed)")
_NAMED = f"SELECT {SERIAL_SQL} AS serial, %s || {SERIAL_SQL} AS number FROM taken"  # noqa: S608
_SEALED = (
    "SELECT number, serial, encode(sha256(convert_to(%s || number || %s, 'UTF8')), 'hex') AS seal FROM named"
)


def write_opened(case: CaseFacts, series: str, tokens: list[str], caller: dict[str, str]) -> None:
    """Number a case, seal its first event and write it with its search words and its caller.

    ``tokens`` are without those of the number. Raises ``IntegrityError``; nothing is then written and no
    number taken.
    """
    beside: list[tuple[Rows, Sequence[Any]]] = [(CONTACTS, contact_row(0, caller))] if caller else []
    if connection.vendor == "postgresql":
        # Inside somebody's transaction a form that comes twice must not spoil the rest of it.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            _in_one_statement(case, series, tokens, beside)
        return
    with writing():
        number = number_of(series, take_numbers(series)[0])
        engine.give_number(case, number)
        beside.append((search.INDEX, (0, [*search.tokens_of(number), *tokens])))
        ledger.insert(case, beside)


def _in_one_statement(
    case: CaseFacts, series: str, tokens: list[str], beside: list[tuple[Rows, Sequence[Any]]]
) -> None:
    (opening,) = case.events
    before, after = chain.around_number(
        verb=opening.verb,
        to_state=opening.to_state,
        at=opening.at,
        actor_id=opening.actor_id,
        actor_name=opening.actor_name,
        behalf_of_id=opening.behalf_of_id,
        unit_id=opening.unit_id,
        said=opening.said,
    )
    first = [
        ("taken", taking_sql("postgresql"), (series, 1)),
        ("named", _NAMED, (f"{series}-",)),
        ("sealed", _SEALED, (before, after)),
    ]
    beside.append((search.NUMBERED_INDEX, (0, [*search.tokens_of(series), *tokens])))
    ledger.insert(case, beside, first=first, number=_NUMBER, seal=_SEAL)
    flush_after_commit()

"""Writing many finished or running cases at once: what an import and a rehearsal have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from chengyun.cases import ledger, search
from chengyun.cases.actions.contacts import CONTACTS, contact_row
from chengyun.cases.actions.open import search_texts
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.numbers import number_of, series_of, take_numbers
from chengyun.kernel.rows import reserve_ids


def numbers_for(opened: Iterable[tuple[str, datetime]]) -> dict[str, Iterator[str]]:
    """Numbers for cases of some kinds and moments, one statement a series.

    Returns an iterator for each series (``series_of(kind, moment)``): every case takes the next of its own.
    """
    wanted = Counter(series_of(kind, moment) for kind, moment in opened)
    return {
        series: iter([number_of(series, serial) for serial in take_numbers(series, count)])
        for series, count in sorted(wanted.items())
    }


def case_ids(count: int) -> list[int]:
    """Ids for new cases, taken ahead inside the write transaction that will use them."""
    return reserve_ids(Case, count)


def write_cases(cases: Sequence[CaseFacts], callers: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """Write cases, which have their ids, with history, callers and search words; call inside ``writing()``.

    Their events count as heard: they are of another time, and nobody is to react to them.
    """
    ledger.insert_many(cases, heard_at=now)
    CONTACTS.insert_many(
        contact_row(case.pk, caller) for case, caller in zip(cases, callers, strict=True) if caller
    )
    search.copy_many((case.pk, search.tokens_of(*search_texts(case))) for case in cases)

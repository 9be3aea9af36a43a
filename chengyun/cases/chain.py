"""The hash chain of a case's history. Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

# Keys in a fixed order, so that a row read back from either database gives the same bytes.
_encoder = msgspec.json.Encoder(order="deterministic")


@lru_cache(maxsize=4096)
def moment_text(moment: datetime) -> str:
    """A moment as the chain writes it: UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digest(
    before: str,
    *,
    number: str,
    seq: int,
    verb: str,
    from_state: str,
    to_state: str,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    behalf_of_id: int | None,
    unit_id: int | None,
    said: dict[str, Any],
) -> str:
    """SHA-256, as 64 hex digits, of one event's facts and of the digest before it."""
    facts = [
        before, number, seq, str(verb), str(from_state), str(to_state), moment_text(at),
        actor_id, actor_name, behalf_of_id, unit_id, said,
    ]  # fmt: skip
    return hashlib.sha256(_encoder.encode(facts)).hexdigest()


def around_number(
    *,
    verb: str,
    to_state: str,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    behalf_of_id: int | None,
    unit_id: int | None,
    said: dict[str, Any],
) -> tuple[str, str]:
    """What the digest of a case's first event is made of, before and after the number.

    For a database that gives the number and seals the event in one statement; the parts join to what
    ``digest`` hashes, because a number holds nothing that JSON would write differently.
    """
    facts = [
        "", "", 1, str(verb), "", str(to_state), moment_text(at),
        actor_id, actor_name, behalf_of_id, unit_id, said,
    ]  # fmt: skip
    text = _encoder.encode(facts).decode()
    beginning = '["","'
    assert text.startswith(beginning)
    return beginning, text[len(beginning) :]

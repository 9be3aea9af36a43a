"""The bell at the top of every page: which page it opens, and how many notices wait there for this person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chengyun.kernel.actor import Actor

# None: this person never gets any, and sees no bell. Asked on every page, so it must be quick.
Count = Callable[[Actor], int | None]
_counts: list[Count] = []


def register(count: Count) -> None:
    """Let a room say how many notices wait; twice is harmless."""
    if count not in _counts:
        _counts.append(count)


def unread(request: Any) -> int | None:
    """How many wait for the person of this request; None where there is no bell for them."""
    actor = getattr(request, "actor", None)
    said = [number for count in _counts if (number := count(actor)) is not None] if actor is not None else []
    return sum(said) if said else None

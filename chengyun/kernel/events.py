"""How a lower room reaches an upper one: the upper room listens.

A room registers its reactions in ``apps.py``; the worker reads unheard event rows and tells each reaction
once. There are no Django signals between rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Reaction:
    """``act(event, now=…)`` is called once for every event of these verbs; it must be safe to repeat."""

    name: str
    verbs: frozenset[str]
    act: Callable[..., None]


_reactions: dict[str, Reaction] = {}


def on(name: str, verbs: Iterable[str], act: Callable[[Any, datetime], None]) -> None:
    """Listen to events of these verbs. The name is kept with failures and must stay the same."""
    _reactions[name] = Reaction(name, frozenset(verbs), act)


def reactions() -> tuple[Reaction, ...]:
    """Every reaction of the product, in the order of registration."""
    return tuple(_reactions.values())


def listens(verb: str) -> bool:
    """Tell whether any reaction wants events of this verb."""
    return any(verb in reaction.verbs for reaction in _reactions.values())

"""How the simulator is told to behave, well or badly."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reply:
    """A citizen's answer: who gets a text that ``pattern`` finds sends ``text`` back after ``delay`` seconds."""

    pattern: re.Pattern[str]
    text: str
    delay: float = 0.0
    fmt: int = 8


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Chances are between 0 and 1; delays are in seconds; ``errors`` and ``stats`` map a code to its chance.

    ``kill_after`` breaks the connection, unanswered, at every so-many-th SUBMIT, ``kills`` times in all.
    ``throttle`` answers "too fast" to what goes beyond so many SUBMITs a second.
    """

    user: str = "900001"
    secret: str = field(default="secret", repr=False)
    versions: tuple[int, ...] = (0x20, 0x30)
    delay: float = 0.0
    report_delay: float = 0.05
    report_first: bool = False
    reports: bool = True
    lose_answers: float = 0.0
    lose_reports: float = 0.0
    duplicate_reports: float = 0.0
    shuffle_reports: bool = False
    errors: Mapping[int, float] = field(default_factory=dict)
    stats: Mapping[str, float] = field(default_factory=dict)
    kill_after: int = 0
    kills: int = 1
    throttle: float = 0.0
    silent: bool = False  # answers no active test
    deliver_window: int = 16
    deliver_again: float = 10.0  # seconds after which an unacknowledged delivery is sent again
    replies: tuple[Reply, ...] = ()
    seed: int | None = None


class Dice:
    """The chances of a behaviour; the same seed gives the same fate."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._random = random.Random(behaviour.seed)  # noqa: S311  chances of a rehearsal, no secrets

    def falls(self, chance: float) -> bool:
        """Whether something of this chance happens now."""
        return chance > 0 and self._random.random() < chance

    def result(self) -> int:
        """The SUBMIT's result: 0, or one of the errors."""
        return self._one_of(self._behaviour.errors, 0)

    def stat(self) -> str:
        """What the status report says."""
        return self._one_of(self._behaviour.stats, "DELIVRD")

    def later(self) -> float:
        """When the report comes; shuffled ones take up to five times as long, each its own."""
        delay = self._behaviour.report_delay
        return delay * self._random.uniform(0.2, 5) if self._behaviour.shuffle_reports else delay

    def _one_of(self, chances: Mapping[_T, float], otherwise: _T) -> _T:
        number = self._random.random()
        for value, chance in chances.items():
            number -= chance
            if number < 0:
                return value
        return otherwise

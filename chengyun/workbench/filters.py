"""What a list is narrowed by. The address is the state: a filter is read from it and written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from chengyun.cases.catalogue_queries import leaves_beneath
from chengyun.cases.process import LOOPS
from chengyun.kernel.clock import SHANGHAI
from chengyun.workbench.worklists import OPEN

# Words that stand for several states.
OPEN_WORD, ENDED_WORD = "open", "ended"


Pair = tuple[str, str]  # kind and state


@dataclass(frozen=True, slots=True)
class Filter:
    """Checked values; an empty one narrows nothing.

    ``state`` is ``open``, ``ended`` or kind and state as in ``hotline.signed``; ``catalogue`` is the key of a
    class or leaf; ``due`` is ``near`` or ``overdue``; days are in Shanghai, both included.
    """

    unit: int | None = None
    street: int | None = None
    state: str = ""
    kind: str = ""
    catalogue: str = ""
    channel: str = ""
    appeal_type: str = ""
    urgency: str = ""
    due: str = ""
    since: date | None = None
    until: date | None = None
    flag: str = ""

    @property
    def query(self) -> str:
        """The filter as an address says it, without ``?``; keys in order, so that equal filters are equal."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in said.items() if value not in ("", None)})

    @property
    def empty(self) -> bool:
        """Whether it narrows nothing."""
        return not self.query

    def pairs(self, among: tuple[Pair, ...]) -> tuple[Pair, ...]:
        """Which of these pairs of kind and state it lets through."""
        return tuple(pair for pair in among if self._lets_through(*pair))

    def _lets_through(self, kind: str, state: str) -> bool:
        if self.kind and kind != self.kind:
            return False
        if self.state == OPEN_WORD:
            return state in OPEN[kind]
        if self.state == ENDED_WORD:
            return state not in OPEN[kind]
        return not self.state or self.state == f"{kind}.{state}"

    @property
    def only_open(self) -> bool:
        """Whether it leaves only cases that are under way, which have a clock to sort by."""
        return bool(self.due) or self.state == OPEN_WORD or tuple(self.state.split(".", 1)) in _OPEN_PAIRS

    def columns(self) -> dict[str, Any]:
        """Conditions on columns for which there is no index worth using."""
        said: dict[str, Any] = {
            name: getattr(self, name) for name in ("channel", "appeal_type", "urgency") if getattr(self, name)
        }
        if self.catalogue:
            leaves = [leaf.key for leaf in leaves_beneath(self.catalogue)]
            said["catalogue_key__in"] = sorted({self.catalogue, *leaves})
        return said | FLAGS.get(self.flag, {})

    @property
    def begins(self) -> datetime | None:
        """The first moment of the days asked for."""
        return datetime.combine(self.since, time(), SHANGHAI) if self.since else None

    @property
    def ends(self) -> datetime | None:
        """The first moment after the days asked for."""
        return datetime.combine(self.until + timedelta(days=1), time(), SHANGHAI) if self.until else None


FLAGS: Mapping[str, dict[str, Any]] = {
    "secret": {"secret": True},
    "sent-back": {"send_backs__gt": 0},
    "rehandled": {"rounds__gt": 0},
    "missed": {"overdue_stages__gt": 0},
}
ALL_PAIRS = tuple((kind, str(state)) for kind, loop in LOOPS.items() for state in loop.states)
_OPEN_PAIRS = frozenset((kind, state) for kind, states in OPEN.items() for state in states)
NO_FILTER = Filter()

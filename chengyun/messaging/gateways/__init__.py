"""What a way out to the operator must be able to do, and the words both sides speak. Pure: no Django, no tables.

There are two shapes. A ``Gateway`` is asked and answers at once (console, file, HTTP). A ``Link`` keeps a
connection and tells later what became of each message (CMPP); one thread of the worker owns it and calls
every method from there. Neither touches the database: what they tell is written down by ``dispatch``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """A gateway's row as its maker gets it. ``values`` are the settings of its kind, already checked."""

    name: str
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to hand over.

    ``segments`` is the whole text, signature included, as ``text.split`` cuts it; each is one short message
    for the operator. ``key`` is the same at every try, for gateways that can tell a repeated one.
    ``tries`` counts this one, from 1.
    """

    message_id: int
    key: str
    phone: str
    segments: tuple[str, ...]
    tries: int = 1
    possibly_twice: bool = False

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.segments)


class Taken(StrEnum):
    """How a gateway took a message."""

    ACCEPTED = "accepted"  # the operator has it
    REFUSED = "refused"  # for good: trying again would not help
    AGAIN = "again"  # surely not taken: try again after a while
    UNSURE = "unsure"  # it may have been taken (a time-out after sending): a second try may double it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ``Gateway`` answered for one message. ``gateway_ids`` are the operator's numbers, one a segment,
    or a single one for the whole message."""

    message_id: int
    taken: Taken
    gateway_ids: tuple[str, ...] = ()
    code: str = ""
    said: str = ""


class Gateway(Protocol):
    """A way out that answers at once."""

    name: str

    def submit(self, batch: Sequence[Outgoing]) -> list[Outcome]:
        """Hand over; one outcome for each message. Raises only when the whole gateway is out of reach, and
        then surely nothing was taken (``GatewayDown``)."""


class GatewayDown(Exception):
    """The gateway cannot be reached; nothing of the batch was taken. The text is for the administrator."""


@dataclass(frozen=True, slots=True)
class SubmitAnswer:
    """The operator's answer to one segment (numbered from 1)."""

    message_id: int
    segment: int
    taken: Taken
    gateway_id: str = ""
    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of one segment, told by the operator; may come before the answer, twice or never.

    ``code`` is the operator's own word (``DELIVRD``, ``MK:0001``).
    """

    gateway_id: str
    code: str
    phone: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message from a citizen. ``src_id`` is the number they wrote to; ``gateway_id`` tells a repeated one."""

    phone: str
    text: str
    src_id: str = ""
    gateway_id: str = ""
    sent_at: datetime | None = None


Event = SubmitAnswer | StatusReport | Inbound


@dataclass(frozen=True, slots=True)
class LinkState:
    """How a link stands. ``error`` is the last trouble, for the administrator, without secrets."""

    up: bool
    error: str = ""
    in_flight: int = 0


class Link(Protocol):
    """A way out that keeps a connection. Every method returns soon; none waits for the operator except ``poll``.

    Promises: each segment given to ``submit`` gets exactly one ``SubmitAnswer``; when the connection breaks
    after a segment was written and before its answer came, that answer is ``Taken.UNSURE``; when the
    segment never left the machine it is ``Taken.AGAIN``. A link that was told to stop does the same.
    """

    name: str

    def start(self) -> None:
        """Begin to connect and keep connecting, with growing waits. Does not raise for a dead operator."""

    def room(self) -> int:
        """How many more messages it takes now: 0 when the link is down or the window is full."""

    def submit(self, outgoing: Outgoing) -> None:
        """Take one message; its answers come through ``poll``."""

    def poll(self, timeout: float = 0.0) -> list[Event]:
        """What happened since the last call, in order; waits up to ``timeout`` seconds for something."""

    def stored(self, events: Sequence[Event]) -> None:
        """These events are on disk now: reports and incoming messages may be acknowledged to the operator.
        Without it the operator delivers them again, so that a crash in between loses none."""

    def state(self) -> LinkState:
        """How it stands."""

    def stop(self, timeout: float = 5.0) -> None:
        """Take nothing more, wait for open answers up to ``timeout`` seconds, say goodbye, close.
        ``poll`` afterwards still gives the answers that are left."""

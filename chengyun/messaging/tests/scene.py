"""People, rows and fake gateways for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chengyun.kernel.clock import SHANGHAI
from chengyun.messaging.actions import send
from chengyun.messaging.gateways import Event, LinkState, Outcome, Outgoing, Taken
from chengyun.messaging.loading import load_reference
from chengyun.messaging.models import GatewayRow, Message

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=SHANGHAI)
PHONE = "13912345678"


def ready(now: datetime = MORNING) -> None:
    """The reference rows of this room."""
    load_reference(now=now)


def real_gateway(name: str = "operator", place: int = 10, **said: Any) -> GatewayRow:
    """A row of a gateway on another machine, which takes the place of the file."""
    settings = {"url": "http://127.0.0.1:1/send", "account": "c", "timeout": "2"}
    return GatewayRow.objects.create(
        name=name, kind="http", settings=settings, place=place, changed_at=MORNING, **said
    )


def accepted(key: str = "k1", now: datetime = MORNING, to: str = PHONE, **said: Any) -> Message:
    """A notice that an order was accepted."""
    values = {"number": "RX20261123-0101", "title": "道灯不亮"}
    return send("order_accepted", to=to, values=values, about="RX20261123-0101", key=key, now=now, **said)


def again(message: Message) -> Message:
    """The row as it is now."""
    return Message.objects.get(pk=message.pk)


class FakeGateway:
    """Answers as told; keeps what it was given."""

    def __init__(self, name: str, answer: Callable[[Outgoing], Outcome | Exception] | None = None) -> None:
        self.name = name
        self.answer = answer or taken
        self.given: list[Outgoing] = []

    def submit(self, batch: Sequence[Outgoing]) -> list[Outcome]:
        self.given += batch
        found = [self.answer(one) for one in batch]
        for one in found:
            if isinstance(one, Exception):
                raise one
        return found  # type: ignore[return-value]


def taken(one: Outgoing) -> Outcome:
    """Accepted, each segment under its own number."""
    ids = tuple(f"{one.message_id}-{one.tries}-{number}" for number, _ in enumerate(one.segments, 1))
    return Outcome(one.message_id, Taken.ACCEPTED, ids)


class FakeLink:
    """A link whose events the test writes."""

    def __init__(self, name: str = "operator") -> None:
        self.name = name
        self.up = True
        self.given: list[Outgoing] = []
        self.events: list[Event] = []
        self.on_disk: list[Event] = []
        self.stopped = False

    def start(self) -> None:
        self.up = True

    def room(self) -> int:
        return 16 if self.up else 0

    def submit(self, outgoing: Outgoing) -> None:
        self.given.append(outgoing)

    def poll(self, timeout: float = 0.0) -> list[Event]:
        told, self.events = self.events, []
        return told

    def stored(self, events: Sequence[Event]) -> None:
        self.on_disk += events

    def state(self) -> LinkState:
        return LinkState(self.up, "" if self.up else "连不上")

    def stop(self, timeout: float = 5.0) -> None:
        self.stopped = True

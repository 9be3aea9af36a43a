"""Writes messages on the worker's console: for developers, who read a check code there."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from chengyun.kernel.masking import mask_phone
from chengyun.messaging.gateways import GatewaySettings, Outcome, Outgoing, Taken


class Console:
    """A gateway that takes everything and sends nothing."""

    def __init__(self, name: str) -> None:
        self.name = name

    def submit(self, batch: Sequence[Outgoing]) -> list[Outcome]:
        """Write one line a message."""
        for one in batch:
            sys.stdout.write(f"SMS {mask_phone(one.phone)} [{len(one.segments)}] {one.text}\n")
        sys.stdout.flush()
        return [Outcome(one.message_id, Taken.ACCEPTED, (f"{self.name}-{one.message_id}",)) for one in batch]


def make(settings: GatewaySettings) -> Console:
    """The gateway of a row."""
    return Console(settings.name)

"""Writes messages into a file a day, one JSON object a line: what a rehearsal uses in place of an operator."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from django.conf import settings as django_settings

from chengyun.kernel.clock import local, now
from chengyun.messaging.gateways import GatewayDown, GatewaySettings, Outcome, Outgoing, Taken

FOLDER = "messages"


class File:
    """A gateway that takes everything and sends nothing. Only the owner of the data folder may read its files,
    for they hold numbers and texts in full."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    def submit(self, batch: Sequence[Outgoing]) -> list[Outcome]:
        """Append the batch to the day's file; a full disk is a gateway that is down."""
        moment = local(now())
        lines = b"".join(
            msgspec.json.encode(
                {
                    "at": moment.isoformat(timespec="milliseconds"),
                    "id": one.message_id,
                    "key": one.key,
                    "phone": one.phone,
                    "text": one.text,
                    "segments": len(one.segments),
                    "try": one.tries,
                    "possibly_twice": one.possibly_twice,
                }
            )
            + b"\n"
            for one in batch
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self.folder / f"{moment:%Y-%m-%d}.jsonl"
            place = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(place, "ab") as file:
                file.write(lines)
        except OSError as trouble:
            raise GatewayDown(str(trouble)) from None
        return [Outcome(one.message_id, Taken.ACCEPTED, (f"{one.message_id}-{one.tries}",)) for one in batch]


def make(settings: GatewaySettings) -> File:
    """The gateway of a row."""
    return File(settings.name, Path(django_settings.DATA_FOLDER) / FOLDER)

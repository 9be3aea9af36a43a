"""Numbers of messages, and parts put together again."""

from __future__ import annotations

from datetime import datetime

from chengyun.kernel.clock import local
from chengyun.messaging.cmpp.content import Piece

_GATEWAY = 310113


class Numbers:
    """Msg_Id as the protocol wants it: month 4 bits, day 5, hour 5, minute 6, second 6, gateway 22, count 16."""

    def __init__(self) -> None:
        self._count = 0

    def next(self, moment: datetime) -> int:
        """A number that has not been given."""
        self._count = (self._count + 1) & 0xFFFF
        at, value = local(moment), 0
        parts = ((at.month, 4), (at.day, 5), (at.hour, 5), (at.minute, 6), (at.second, 6), (_GATEWAY, 22))
        for part, bits in (*parts, (self._count, 16)):
            value = value << bits | part
        return value


class Whole:
    """Parts of long messages by phone and reference."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, int, int], dict[int, str]] = {}

    def add(self, phone: str, piece: Piece) -> str | None:
        """The whole text once its last part is there; None before."""
        if piece.total == 1:
            return piece.text
        key = (phone, piece.reference, piece.total)
        parts = self._parts.setdefault(key, {})
        parts[piece.number] = piece.text
        if len(parts) < piece.total:
            return None
        del self._parts[key]
        return "".join(parts[number] for number in sorted(parts))

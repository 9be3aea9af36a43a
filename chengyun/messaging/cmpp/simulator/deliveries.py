"""What the simulator brings to the client: kept until it is acknowledged, brought again after a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from chengyun.messaging.cmpp.packets import Deliver


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery on its way. ``sequence`` is its number on the present connection, 0 before it was sent."""

    packet: Deliver
    sequence: int = 0
    at: float = 0.0


class Deliveries:
    """A queue with a window; nothing leaves it but by an acknowledgement."""

    def __init__(self, window: int, again: float) -> None:
        self._window, self._again = window, again
        self._waiting: OrderedDict[int, Sent] = OrderedDict()
        self._count = 0

    def add(self, packet: Deliver) -> None:
        """Bring this as soon as the window has room."""
        self._count += 1
        self._waiting[self._count] = Sent(packet)

    def next(self, sequence: int, now: float) -> Deliver | None:
        """What may go now, under this number; None if nothing may."""
        flying = 0
        for key, one in self._waiting.items():
            if one.sequence and now - one.at < self._again:
                flying += 1
                if flying >= self._window:
                    return None
                continue
            self._waiting[key] = replace(one, sequence=sequence, at=now)
            return one.packet
        return None

    def acknowledged(self, sequence: int) -> Deliver | None:
        """The delivery that has this number leaves the queue."""
        for key, one in self._waiting.items():
            if one.sequence == sequence:
                del self._waiting[key]
                return one.packet
        return None

    def new_connection(self) -> None:
        """Whatever was on its way on the old connection is to be brought again."""
        for key, one in self._waiting.items():
            self._waiting[key] = replace(one, sequence=0)

    def __len__(self) -> int:
        return len(self._waiting)

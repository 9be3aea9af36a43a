"""What the gateway delivers: status reports, citizens' messages, long ones put together from their parts.

A delivery is acknowledged when what it told is on disk. Until then the operator keeps it and brings it again,
so a crash loses none. Parts of a long message wait for each other with their acknowledgements, but only
``PATIENCE`` seconds: a gateway that delivers one by one sends the next part only after the answer.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from chengyun.kernel.clock import SHANGHAI
from chengyun.messaging.cmpp import content
from chengyun.messaging.cmpp.packets import Deliver
from chengyun.messaging.cmpp.wire import Malformed
from chengyun.messaging.gateways import Event, Inbound, StatusReport

log = logging.getLogger(__name__)
PATIENCE = 2.0
INCOMPLETE = 600.0  # seconds after which a long message is handed on with gaps
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Ack:
    """An answer that is owed: on which connection, to which packet."""

    connection: int
    sequence: int
    msg_id: int
    result: int = 0


@dataclass(slots=True)
class _Group:
    """The parts of one long message that have come."""

    since: float
    pieces: dict[int, tuple[content.Piece, int]] = field(default_factory=dict)
    acks: list[tuple[float, Ack]] = field(default_factory=list)


_Key = tuple[str, str, int, int]


class Incoming:
    """Turns deliveries into events and says when each may be acknowledged."""

    def __init__(self, events: list[Event] | None = None) -> None:
        self.events: list[Event] = [] if events is None else events  # new ones are put behind
        self.ready: list[Ack] = []  # to be sent now
        self._owed: dict[Event, list[Ack]] = {}
        self._ids: dict[Event, list[int]] = {}  # the numbers of a message that is not on disk yet
        self._groups: dict[_Key, _Group] = {}
        # Msg_Id of each message seen -> its event, None once that is on disk
        self._known: OrderedDict[int, Event | None] = OrderedDict()

    def deliver(self, packet: Deliver, ack: Ack, now: float) -> None:
        """Take one delivery. Raises Malformed for a report that cannot be read."""
        if packet.registered_delivery:
            self._tell(_report(packet), [ack])
        elif packet.msg_id in self._known:
            self._again(self._known[packet.msg_id], ack)
        else:
            self._message(packet, ack, now)

    def stored(self, events: Iterable[Event]) -> None:
        """These are on disk."""
        for event in events:
            self.ready += self._owed.pop(event, [])
            for msg_id in self._ids.pop(event, []):
                self._known[msg_id] = None

    def tick(self, now: float) -> None:
        """Acknowledge parts that have waited long enough; hand on what never became whole."""
        for key, group in list(self._groups.items()):
            self.ready += [ack for since, ack in group.acks if now - since >= PATIENCE]
            group.acks = [(since, ack) for since, ack in group.acks if now - since < PATIENCE]
            if now - group.since >= INCOMPLETE:
                self._close(key)

    def _again(self, event: Event | None, ack: Ack) -> None:
        if event is None:
            self.ready.append(ack)
            return
        self._owed.setdefault(event, []).append(ack)
        if event not in self.events:
            self.events.append(event)  # it may be that it could not be stored; who stores knows its number

    def _tell(self, event: Event, acks: list[Ack]) -> None:
        self.events.append(event)
        self._owed.setdefault(event, []).extend(acks)

    def _message(self, packet: Deliver, ack: Ack, now: float) -> None:
        piece = _piece(packet)
        if piece.total == 1:
            event = _inbound(packet.source, packet.destination, piece.text, packet.msg_id)
            self._tell(event, [ack])
            self._remember([packet.msg_id], event)
            return
        key = (packet.source, packet.destination, piece.reference, piece.total)
        there = self._groups.get(key)
        if there and piece.number in there.pieces and there.pieces[piece.number][0] != piece:
            self._close(key)  # the reference came round again: these are two messages
        group = self._groups.setdefault(key, _Group(now))
        group.pieces.setdefault(piece.number, (piece, packet.msg_id))
        group.acks.append((now, ack))
        if len(group.pieces) == piece.total:
            self._close(key)

    def _close(self, key: _Key) -> None:
        """Hand a long message on, with marks where parts are missing."""
        group, (phone, destination, _reference, total) = self._groups.pop(key), key
        told = [
            group.pieces[number][0].text if number in group.pieces else f"〔缺第 {number} 段〕"
            for number in range(1, total + 1)
        ]
        ids = [msg_id for _piece_, msg_id in (group.pieces[number] for number in sorted(group.pieces))]
        event = _inbound(phone, destination, "".join(told), ids[0])
        self._tell(event, [ack for _since, ack in group.acks])
        self._remember(ids, event)

    def _remember(self, ids: Iterable[int], event: Event) -> None:
        self._ids[event] = [msg_id for msg_id in ids if msg_id]  # 0 is no number
        for msg_id in self._ids[event]:
            self._known[msg_id] = event
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def _piece(packet: Deliver) -> content.Piece:
    try:
        return content.read(packet.content, fmt=packet.msg_fmt, udhi=packet.tp_udhi)
    except Malformed as error:
        log.warning("a message with an odd header was taken as it is: %s", error)
        return content.read(packet.content, fmt=packet.msg_fmt, udhi=0)


def _inbound(source: str, destination: str, text: str, msg_id: int) -> Inbound:
    return Inbound(national(source), text, destination, str(msg_id or ""))


def national(phone: str) -> str:
    """A phone without the country's number, which operators add as they like."""
    digits = phone.strip().removeprefix("+")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def _report(packet: Deliver) -> StatusReport:
    report = content.read_report(packet.content)
    return StatusReport(str(report.msg_id), report.stat, national(report.phone), _moment(report.done_time))


def _moment(text: str) -> datetime | None:
    """YYMMDDHHMM on a clock in Shanghai; None if it is no time."""
    try:
        return datetime.strptime(text, "%y%m%d%H%M").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None

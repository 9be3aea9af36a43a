"""The packets of CMPP 2.0 and 3.0 and the one table of their layouts. Pure Python.

``encode`` makes a whole frame; ``Frames`` cuts a stream of octets into frames; ``decode`` reads a frame's
body. A stream that cannot be cut any more (``Malformed`` from ``Frames``) must be closed; a body that cannot
be read (``Malformed`` from ``decode``) concerns this packet only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.messaging.cmpp.wire import (
    Cursor,
    Field,
    Malformed,
    Version,
    content,
    number,
    octets,
    phones,
    text,
)

HEADER = 12
LONGEST = 8192  # octets of a frame; a SUBMIT to 100 receivers has about 3,600
_RESPONSE = 0x80000000


@dataclass(frozen=True, slots=True)
class Connect:
    """The bind: who we are, proved with the shared secret (``bind.py``)."""

    source_addr: str
    authenticator: bytes
    version: int
    timestamp: int


@dataclass(frozen=True, slots=True)
class ConnectResp:
    """0 welcomes; other values are in ``codes.CONNECT``."""

    status: int
    authenticator: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Terminate:
    """We hang up."""


@dataclass(frozen=True, slots=True)
class TerminateResp:
    """The other side has heard it."""


@dataclass(frozen=True, slots=True)
class ActiveTest:
    """Are you there?"""


@dataclass(frozen=True, slots=True)
class ActiveTestResp:
    """Still here."""

    reserved: int = 0


@dataclass(frozen=True, slots=True)
class Submit:
    """A message (or one part of a long one) to one or more phones."""

    destinations: tuple[str, ...]
    content: bytes
    msg_fmt: int = 8
    tp_udhi: int = 0
    pk_total: int = 1
    pk_number: int = 1
    src_id: str = ""
    msg_src: str = ""
    service_id: str = ""
    registered_delivery: int = 1
    msg_level: int = 0
    fee_user_type: int = 2  # the sender's account pays
    fee_terminal_id: str = ""
    fee_terminal_type: int = 0
    tp_pid: int = 0
    fee_type: str = "01"  # free for the receiver
    fee_code: str = "000000"
    valid_time: str = ""
    at_time: str = ""
    destination_type: int = 0
    msg_id: int = 0
    reserve: bytes = b"\0" * 8
    link_id: str = ""


@dataclass(frozen=True, slots=True)
class SubmitResp:
    """0 accepts under ``msg_id``; other results are in ``codes.SUBMIT``."""

    msg_id: int
    result: int


@dataclass(frozen=True, slots=True)
class Deliver:
    """From the gateway: a citizen's message, or (``registered_delivery`` 1) a status report."""

    msg_id: int
    destination: str
    source: str
    content: bytes
    service_id: str = ""
    tp_pid: int = 0
    tp_udhi: int = 0
    msg_fmt: int = 8
    source_type: int = 0
    registered_delivery: int = 0
    reserve: bytes = b"\0" * 8
    link_id: str = ""


@dataclass(frozen=True, slots=True)
class DeliverResp:
    """0 says that we have it and it need not be repeated."""

    msg_id: int
    result: int


Packet = (
    Connect
    | ConnectResp
    | Terminate
    | TerminateResp
    | Submit
    | SubmitResp
    | Deliver
    | DeliverResp
    | ActiveTest
    | ActiveTestResp
)

_LAYOUTS: dict[int, tuple[type[Packet], tuple[Field, ...]]] = {
    1: (
        Connect,
        (text("source_addr", 6), octets("authenticator", 16), number("version"), number("timestamp", 4)),
    ),
    1 | _RESPONSE: (ConnectResp, (number("status", 1, 4), octets("authenticator", 16), number("version"))),
    2: (Terminate, ()),
    2 | _RESPONSE: (TerminateResp, ()),
    4: (
        Submit,
        (
            number("msg_id", 8),
            number("pk_total"),
            number("pk_number"),
            number("registered_delivery"),
            number("msg_level"),
            text("service_id", 10),
            number("fee_user_type"),
            text("fee_terminal_id", 21, 32),
            number("fee_terminal_type", 0, 1),
            number("tp_pid"),
            number("tp_udhi"),
            number("msg_fmt"),
            text("msg_src", 6),
            text("fee_type", 2),
            text("fee_code", 6),
            text("valid_time", 17),
            text("at_time", 17),
            text("src_id", 21),
            phones("destinations", 21, 32),
            number("destination_type", 0, 1),
            content("content"),
            octets("reserve", 8, 0),
            text("link_id", 0, 20),
        ),
    ),
    4 | _RESPONSE: (SubmitResp, (number("msg_id", 8), number("result", 1, 4))),
    5: (
        Deliver,
        (
            number("msg_id", 8),
            text("destination", 21),
            text("service_id", 10),
            number("tp_pid"),
            number("tp_udhi"),
            number("msg_fmt"),
            text("source", 21, 32),
            number("source_type", 0, 1),
            number("registered_delivery"),
            content("content"),
            octets("reserve", 8, 0),
            text("link_id", 0, 20),
        ),
    ),
    5 | _RESPONSE: (DeliverResp, (number("msg_id", 8), number("result", 1, 4))),
    8: (ActiveTest, ()),
    8 | _RESPONSE: (ActiveTestResp, (number("reserved"),)),
}
_COMMANDS = {kind: command for command, (kind, _) in _LAYOUTS.items()}


@dataclass(frozen=True, slots=True)
class Frame:
    """A packet as it came: its command, its number, its octets unread."""

    command: int
    sequence: int
    body: bytes


def encode(packet: Packet, sequence: int, version: Version) -> bytes:
    """The packet as octets, header first. Raises Malformed if a value has no room in its field."""
    command = _COMMANDS[type(packet)]
    body = b"".join(
        field.write(getattr(packet, field.name), version)
        for field in _LAYOUTS[command][1]
        if _exists(field, version)
    )
    head = (HEADER + len(body), command, sequence)
    return b"".join(value.to_bytes(4, "big") for value in head) + body


def decode(frame: Frame, version: Version) -> Packet:
    """Read a frame's body. Raises Malformed with the packet's and the field's name."""
    if frame.command not in _LAYOUTS:
        raise Malformed(f"command {frame.command:#010x} is not known")
    kind, layout = _LAYOUTS[frame.command]
    cursor = Cursor(frame.body, kind.__name__)
    values = {field.name: field.read(cursor, version) for field in layout if _exists(field, version)}
    cursor.done()
    return kind(**values)


def _exists(field: Field, version: Version) -> bool:
    """Tell whether the version has this field; counted fields stand in both."""
    return field.size.of(version) > 0 or field.name == "content"


class Frames:
    """Cuts what the network brings, in pieces of any size, into frames."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def feed(self, octets: bytes) -> Iterator[Frame]:
        """Take octets in and give the frames that are complete. Raises Malformed on an impossible length."""
        self._octets += octets
        while len(self._octets) >= HEADER:
            length, command, sequence = (int.from_bytes(self._octets[i : i + 4], "big") for i in (0, 4, 8))
            if not HEADER <= length <= LONGEST:
                raise Malformed(f"a frame of {length} octets: {HEADER} to {LONGEST} are possible")
            if len(self._octets) < length:
                return
            body = bytes(self._octets[HEADER:length])
            del self._octets[:length]
            yield Frame(command, sequence, body)

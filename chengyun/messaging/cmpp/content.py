"""What a message says: character sets, long messages in parts (UDH), status reports. Pure Python.

Msg_Fmt: 0 ASCII, 8 UCS-2, 15 GBK. A part of a long message begins with a header: 05 00 03, then a reference,
the number of parts and the part's number; receivers also get 06 08 04 with a reference of two octets.
"""

from __future__ import annotations

from dataclasses import dataclass

from chengyun.messaging.cmpp.wire import Cursor, Malformed

ASCII, UCS2, GBK = 0, 8, 15
# Octets of one message, and of one part behind its header of six.
WHOLE, PART = {ASCII: 160, UCS2: 140, GBK: 140}, {ASCII: 153, UCS2: 134, GBK: 134}
_CODECS = {ASCII: "ascii", UCS2: "utf-16-be", GBK: "gb18030"}
_SHORT_REFERENCE, _LONG_REFERENCE = 0x00, 0x08


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a text. A whole message is part 1 of 1; its reference means nothing."""

    text: str
    reference: int = 0
    total: int = 1
    number: int = 1


def octets_of(piece: Piece, fmt: int = UCS2) -> bytes:
    """The part as it is sent, its header first. Raises Malformed for a character that the set has not."""
    try:
        said = piece.text.encode(_CODECS[fmt])
    except UnicodeEncodeError as error:
        raise Malformed(f"content: {piece.text[error.start]!r} is not in the character set {fmt}") from None
    if piece.total == 1:
        return said
    return bytes([5, 0, 3, piece.reference & 0xFF, piece.total, piece.number]) + said


def read(octets: bytes, *, fmt: int, udhi: int) -> Piece:
    """A received part. Raises Malformed for a header that cannot be; a text is never refused for its letters."""
    reference, total, number, said = _header(octets) if udhi & 1 else (0, 1, 1, octets)
    # A gateway's odd octet must not cost the rest of what the citizen wrote.
    return Piece(said.decode(_CODECS.get(fmt, "gb18030"), errors="replace"), reference, total, number)


def _header(octets: bytes) -> tuple[int, int, int, bytes]:
    cursor = Cursor(octets, "content")
    header = Cursor(cursor.take(cursor.take(1, "header's length")[0], "header"), "header of the content")
    said = octets[1 + octets[0] :]
    found = (0, 1, 1)
    left = octets[0]
    while left > 0:
        kind, length = header.take(2, "element")
        value = header.take(length, "element's value")
        left -= 2 + length
        if (kind, length) in ((_SHORT_REFERENCE, 3), (_LONG_REFERENCE, 4)):
            found = (int.from_bytes(value[:-2], "big"), value[-2], value[-1])
    reference, total, number = found
    if not 1 <= number <= total:
        raise Malformed(f"content: part {number} of {total}")
    return reference, total, number, said


def cut(text: str, reference: int, fmt: int = UCS2) -> list[Piece]:
    """Cut a text into parts that fit; no character is split. Raises Malformed beyond 255 parts."""
    if len(text.encode(_CODECS[fmt], "replace")) <= WHOLE[fmt]:
        return [Piece(text)]
    texts, room = [""], PART[fmt]
    for sign in text:
        size = len(sign.encode(_CODECS[fmt], "replace"))
        if size > room:
            texts, room = [*texts, ""], PART[fmt]
        texts[-1] += sign
        room -= size
    if len(texts) > 255:
        raise Malformed(f"content: {len(texts)} parts, 255 at most")
    return [Piece(one, reference, len(texts), number) for number, one in enumerate(texts, 1)]


@dataclass(frozen=True, slots=True)
class Report:
    """The content of a status report: 60 octets in version 2.0, 71 in 3.0. Times are YYMMDDHHMM."""

    msg_id: int
    stat: str
    submit_time: str
    done_time: str
    phone: str
    smsc_sequence: int = 0


def report_octets(report: Report, *, wide: bool) -> bytes:
    """The report as it is sent; ``wide`` for version 3.0."""
    return b"".join(
        (
            report.msg_id.to_bytes(8, "big"),
            report.stat.encode("ascii").ljust(7, b"\0"),
            report.submit_time.encode("ascii").ljust(10, b"\0"),
            report.done_time.encode("ascii").ljust(10, b"\0"),
            report.phone.encode("ascii").ljust(32 if wide else 21, b"\0"),
            report.smsc_sequence.to_bytes(4, "big"),
        )
    )


def read_report(octets: bytes) -> Report:
    """Read a report of either version by its length. Raises Malformed."""
    widths = {60: 21, 71: 32}
    if len(octets) not in widths:
        raise Malformed(f"status report: {len(octets)} octets, 60 or 71 are possible")
    cursor = Cursor(octets, "status report")
    msg_id = int.from_bytes(cursor.take(8, "Msg_Id"), "big")
    sizes = (("Stat", 7), ("Submit_time", 10), ("Done_time", 10), ("Dest_terminal_Id", widths[len(octets)]))
    stat, submitted, done, phone = (_word(cursor.take(size, name), name) for name, size in sizes)
    return Report(
        msg_id, stat, submitted, done, phone, int.from_bytes(cursor.take(4, "SMSC_sequence"), "big")
    )


def _word(octets: bytes, name: str) -> str:
    try:
        return octets.split(b"\0", 1)[0].decode("ascii").strip()
    except UnicodeDecodeError:
        raise Malformed(f"status report: {name} is not ASCII: {octets.hex()}") from None

"""The octets of CMPP: what is written is read back, and what is no packet is refused by name."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.messaging import text as messaging_text
from chengyun.messaging.cmpp import bind, content, packets
from chengyun.messaging.cmpp.packets import Frame, Frames, decode, encode
from chengyun.messaging.cmpp.wire import Malformed, Version

NARROW = {"source_addr": 6, "msg_src": 6, "service_id": 10, "fee_type": 2, "fee_code": 6, "link_id": 20}
VERSIONS = st.sampled_from(list(Version))
ONLY_V3 = {"fee_terminal_type", "destination_type", "source_type", "link_id"}


def words(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=most)


def numbers(octets: int) -> st.SearchStrategy[int]:
    return st.integers(0, 256**octets - 1)


def values(field: dataclasses.Field[Any], version: Version) -> st.SearchStrategy:
    name = field.name
    if name == "destinations":
        return st.lists(words(21), min_size=1, max_size=100).map(tuple)
    if name == "content":
        return st.binary(max_size=255)
    if name in ("authenticator", "reserve"):
        size = 16 if name == "authenticator" else 8
        return st.binary(min_size=size, max_size=size)
    if field.type == "str":
        return words(NARROW.get(name, 17))
    wide = {"msg_id": 8, "timestamp": 4}
    return numbers(wide.get(name, 1))


@st.composite
def any_packet(draw):
    version = draw(VERSIONS)
    kind = draw(st.sampled_from(packets.Packet.__args__))
    left_out = {"reserve"} if version is Version.V3 else ONLY_V3
    said = {
        field.name: draw(values(field, version))
        for field in dataclasses.fields(kind)
        if field.name not in left_out
    }
    return kind(**said), version


@given(any_packet(), st.integers(0, 2**32 - 1))
def test_what_is_written_is_read_back(packet_and_version, sequence):
    packet, version = packet_and_version
    (frame,) = Frames().feed(encode(packet, sequence, version))
    assert frame.sequence == sequence
    assert decode(frame, version) == packet


@given(st.lists(any_packet(), max_size=4), st.integers(1, 40))
def test_a_stream_may_come_in_pieces_of_any_size(made, size):
    stream = b"".join(encode(packet, number, version) for number, (packet, version) in enumerate(made))
    frames: list[Frame] = []
    cutter = Frames()
    for start in range(0, len(stream), size):
        frames += cutter.feed(stream[start : start + size])
    assert [decode(frame, version) for frame, (_, version) in zip(frames, made, strict=True)] == [
        packet for packet, _ in made
    ]


@given(any_packet(), st.data())
def test_a_body_cut_short_or_too_long_is_refused(packet_and_version, data):
    packet, version = packet_and_version
    (frame,) = Frames().feed(encode(packet, 1, version))
    with pytest.raises(Malformed, match="after the last field"):
        decode(Frame(frame.command, 1, frame.body + b"\1"), version)
    if frame.body:
        shorter = frame.body[: data.draw(st.integers(0, len(frame.body) - 1))]
        with pytest.raises(Malformed, match=type(packet).__name__):
            decode(Frame(frame.command, 1, shorter), version)


@given(st.binary(max_size=400), VERSIONS, st.sampled_from([1, 2, 4, 5, 8, 0x80000004, 0x80000005, 99]))
def test_rubbish_is_refused_and_never_anything_else(body, version, command):
    with contextlib.suppress(Malformed):
        assert decode(Frame(command, 1, body), version)


def test_an_impossible_length_ends_the_stream():
    with pytest.raises(Malformed, match="5 octets"):
        list(Frames().feed((5).to_bytes(4, "big") + b"\0" * 8))
    with pytest.raises(Malformed, match="octets"):
        list(Frames().feed(b"GET / HTTP/1.1\r\n"))


def test_the_sizes_of_the_published_layout():
    submit = packets.Submit(("13800000000",), b"x" * 40)
    assert len(encode(submit, 1, Version.V2)) == 159 + 40  # domain.md §5.1
    assert len(encode(packets.ConnectResp(0, b"", 0x20), 1, Version.V2)) == 12 + 18
    assert len(encode(packets.ConnectResp(0, b"", 0x30), 1, Version.V3)) == 12 + 21


def test_values_without_room_are_refused_by_name():
    for wrong, name in (
        ({"destinations": ("一" * 3,)}, "destinations"),
        ({"destinations": ()}, "destinations"),
        ({"destinations": ("1",), "src_id": "9" * 22}, "src_id"),
        ({"destinations": ("1",), "content": b"x" * 256}, "content"),
        ({"destinations": ("1",), "msg_fmt": 256}, "msg_fmt"),
    ):
        with pytest.raises(Malformed, match=name):
            encode(packets.Submit(**{"content": b"", **wrong}), 1, Version.V2)


def test_who_knows_the_secret_is_known():
    packet = bind.connect("900001", "geheim", Version.V2, datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert packet.timestamp == 304130607  # 13:06:07 in Shanghai
    assert bind.proves(packet, "geheim")
    assert not bind.proves(packet, "other")


PIECES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(PIECES, st.sampled_from([content.UCS2, content.GBK]), st.integers(0, 255), st.integers(1, 255))
def test_a_part_is_read_as_it_was_written(said, fmt, reference, number):
    piece = content.Piece(said, reference, 255, number)
    octets = content.octets_of(piece, fmt)
    assert content.read(octets, fmt=fmt, udhi=1) == piece


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=700))
def test_long_texts_are_cut_as_the_bill_counts_them(said):
    pieces = content.cut(said, 7)
    assert "".join(piece.text for piece in pieces) == said
    assert [piece.text for piece in pieces] == list(messaging_text.split(said)) or not said
    most = content.WHOLE if len(pieces) == 1 else content.PART
    assert all(len(piece.text.encode("utf-16-be")) <= most[content.UCS2] for piece in pieces)


def test_other_sets_and_other_headers():
    assert content.read("谢谢".encode("gbk"), fmt=15, udhi=0).text == "谢谢"
    assert content.read(b"5", fmt=0, udhi=0).text == "5"
    octets = bytes([6, 8, 4, 1, 2, 2, 1]) + "前".encode("utf-16-be")
    assert content.read(octets, fmt=8, udhi=1) == content.Piece("前", 0x0102, 2, 1)
    assert len(content.cut("a" * 161, 1, content.ASCII)) == 2
    with pytest.raises(Malformed, match="一"):
        content.octets_of(content.Piece("一"), content.ASCII)
    for broken in (b"", b"\x05\x00", b"\x05\x00\x03\x01\x02\x03", b"\x05\x00\x09\x01\x02\x03"):
        with pytest.raises(Malformed):
            content.read(broken, fmt=8, udhi=1)


@given(st.integers(0, 2**64 - 1), st.booleans(), words(7), words(21))
def test_status_reports(msg_id, wide, stat, phone):
    report = content.Report(msg_id, stat, "2603040506", "2603040507", phone, 9)
    assert content.read_report(content.report_octets(report, wide=wide)) == report


def test_a_report_of_another_length_is_refused():
    with pytest.raises(Malformed, match="61 octets"):
        content.read_report(b"0" * 61)
    with pytest.raises(Malformed, match="Stat"):
        content.read_report(b"\0" * 8 + b"\xff" * 52)

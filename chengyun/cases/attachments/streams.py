"""Sound and film, told by their structure and not by the first bytes alone."""

from __future__ import annotations

import struct
from mmap import mmap

_MP4_BRANDS = (b"isom", b"iso", b"mp41", b"mp42", b"avc1", b"M4V", b"M4A", b"MSNV", b"dash", b"3gp")
_MPEG1_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def media_type(content: mmap) -> str:
    """The type of a recording or film; empty if it is neither."""
    head = content[:64]
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav" if b"fmt " in content[12:4096] else ""
    if head[:4] == b"OggS":
        begin = content[:512]
        return "audio/ogg" if any(mark in begin for mark in (b"OpusHead", b"\x01vorbis", b"Speex   ")) else ""
    if head[4:8] == b"ftyp":
        return _mp4(content, head[8:12])
    return "audio/mpeg" if _is_mp3(content) else ""


def _mp4(content: mmap, brand: bytes) -> str:
    """Walk the boxes of the file; they must fill it exactly and hold a ``moov``."""
    if brand != b"qt  " and not brand.startswith(_MP4_BRANDS):
        return ""
    at, moov = 0, b""
    while at < len(content):
        if len(content) - at < 8:
            return ""
        size, name = struct.unpack(">I4s", content[at : at + 8])
        if size == 1 and len(content) - at >= 16:
            (size,) = struct.unpack(">Q", content[at + 8 : at + 16])
        elif size == 0:
            size = len(content) - at
        if size < 8 or at + size > len(content) or not all(32 <= letter < 127 for letter in name):
            return ""
        if name == b"moov":
            moov = content[at : at + min(size, 16 * 1024 * 1024)]
        at += size
    if not moov:
        return ""
    if not any(moov[spot + 12 : spot + 16] == b"vide" for spot in _handlers(moov)):
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _handlers(moov: bytes) -> list[int]:
    found, spot = [], moov.find(b"hdlr")
    while spot != -1:
        found.append(spot)
        spot = moov.find(b"hdlr", spot + 4)
    return found


def _is_mp3(content: mmap) -> bool:
    """Whether two frames stand one after the other, after an ID3 tag if there is one."""
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        a, b, c, d = content[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
    first = _frame_length(content[at : at + 4])
    return first > 0 and _frame_length(content[at + first : at + first + 4]) > 0


def _frame_length(header: bytes) -> int:
    """Bytes of the MPEG audio layer III frame that this header begins; 0 if it begins none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0 or header[1] & 0x06 != 0x02:
        return 0
    version, rate, sampling = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in _SAMPLE_RATES or rate in (0, 15) or sampling == 3:
        return 0
    kilobits = (_MPEG1_RATES if version == 3 else _MPEG2_RATES)[rate]
    samples = 144 if version == 3 else 72
    return samples * kilobits * 1000 // _SAMPLE_RATES[version][sampling] + (header[2] >> 1 & 1)

"""Small files of every kind, made on the spot."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(12)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
AMR = b"#!AMR\n" + bytes(320)
OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(100)


def upload(content: bytes, name: str = "现场.jpg") -> SimpleUploadedFile:
    """As a browser sends it; the claimed type is always a lie."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def photo(
    size: tuple[int, int] = (60, 40), form: str = "JPEG", exif: Image.Exif | None = None, mode: str = "RGB"
) -> bytes:
    """A photo, red on the left and blue on the right."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    extra: dict[str, Any] = {"exif": exif} if exif is not None else {}
    image.save(out, form, **extra)
    return out.getvalue()


def camera_photo(orientation: int = 1) -> bytes:
    """A photo as a phone writes it: place, time, maker, and how it was held."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0x9003: "2026:08:31 09:15:00", 0x9011: "+08:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 24.0, 18.0), 3: "E", 4: (121.0, 29.0, 24.0)})
    return photo(exif=exif)


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that unpack to as many pixels as they claim."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    """The least that is a Word document, with other parts if given."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **more})


def wav() -> bytes:
    """A tenth of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(bytes(1600))
    return out.getvalue()


def mp3() -> bytes:
    """Three frames of 128 kbit/s at 44.1 kHz after an ID3 tag."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + frame * 3


def mp4(brand: bytes = b"isom", handler: bytes = b"vide") -> bytes:
    """The boxes of a film (or, by its handler, of a recording) without content."""

    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    told = box(b"hdlr", bytes(8) + handler + bytes(13))
    return box(b"ftyp", brand + bytes(8)) + box(b"mdat", bytes(64)) + box(b"moov", box(b"trak", told))

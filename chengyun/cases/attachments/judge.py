"""What a file is, from its content alone. The name and the type that the browser claims are not believed."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from chengyun.cases.attachments import pictures, streams, zipped
from chengyun.kernel.errors import Invalid

MEGABYTE = 1024 * 1024
# The most a file of each family may weigh, in bytes. The largest is also where reading an upload stops.
LIMITS = {"image": 20 * MEGABYTE, "document": 30 * MEGABYTE, "audio": 50 * MEGABYTE, "video": 200 * MEGABYTE}

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/ofd": ".ofd",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/amr": ".amr",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
}

# Another kind of file hidden in this one, in small letters. Photos are searched whole; others at both ends,
# where it would count.
_HIDDEN = (
    b"%pdf-1.",
    b"%pdf-2.",
    b"rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"<?php",
    b"<script",
    b"<!doctype",
    b"<html",
    b"<iframe",
    b"<foreignobject",
)
_END = 65_536


@dataclass(frozen=True, slots=True)
class Judged:
    """What the content is. Width and height are pixels of a photo as stored, before turning it upright."""

    media_type: str
    width: int | None = None
    height: int | None = None

    @property
    def family(self) -> str:
        """image, audio, video or document."""
        family = self.media_type.partition("/")[0]
        return "document" if family == "application" else family


def judge(path: Path, name: str) -> Judged:
    """Tell what a file is, or refuse it with a sentence that names it and the mend.

    Accepts JPEG, PNG, WebP, PDF, DOCX, XLSX, OFD, MP3, M4A, AMR, OGG, WAV, MP4 and MOV. Raises ``Invalid``.
    """
    size = path.stat().st_size
    if size == 0:
        raise unfit(name, _("是空文件，请重新选择"))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        media_type = _by_signature(content, name)
        judged = Judged(media_type)
        if size > LIMITS[judged.family]:
            raise too_large(name, LIMITS[judged.family])
        _nothing_hidden(content, judged, name)
    if judged.family == "image":
        try:
            width, height = pictures.measure(path, media_type)
        except pictures.Unfit as error:
            raise unfit(name, str(error)) from error
        return Judged(media_type, width, height)
    return judged


def too_large(name: str, most: int) -> Invalid:
    """The refusal of a file that weighs more than ``most`` bytes."""
    return unfit(name, _("超过 %(most)s MB，请压缩或截取后再传") % {"most": most // MEGABYTE})


def unfit(name: str, why: str) -> Invalid:
    """The refusal of one file."""
    return Invalid({"file": _("文件“%(name)s”%(why)s") % {"name": name, "why": why}})


def _by_signature(content: mmap.mmap, name: str) -> str:
    head = content[:64]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        try:
            return zipped.media_type(content)
        except zipped.Unfit as error:
            raise unfit(name, str(error)) from error
    found = streams.media_type(content)
    if found:
        return found
    raise unfit(name, _advice(head))


def _advice(head: bytes) -> str:
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}:
        return _("是 HEIC 照片，暂不支持；请在手机相机设置中选“兼容性最佳”后重拍，或转为 JPEG 再传")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _("是旧版 Word/Excel 文件，请另存为 .docx 或 .xlsx 再传")
    if head.startswith(b"GIF8"):
        return _("是 GIF 图片，请转为 JPEG 或 PNG 再传")
    return _("不是可接收的类型或已损坏；可传照片（JPEG、PNG、WebP）、PDF、DOCX、XLSX、OFD、录音和 MP4 视频")


def _nothing_hidden(content: mmap.mmap, judged: Judged, name: str) -> None:
    if judged.media_type in zipped.TYPES:
        return  # its parts are compressed, and zipped.py has seen that nothing stands before or after it
    # Past the signature, so that a PDF is not found inside itself.
    whole = judged.family == "image" or len(content) <= 2 * _END
    pieces = [content[8:].lower()] if whole else [content[8:_END].lower(), content[-_END:].lower()]
    # The end of a ZIP archive lies in the last 64 KB of a file that unpacks as one.
    zip_too = b"PK\x05\x06" in content[-_END - 22 :]
    if zip_too or any(mark in piece for piece in pieces for mark in _HIDDEN):
        raise unfit(name, _("里夹带了其他类型的内容，不能接收；请用原始文件重新上传"))

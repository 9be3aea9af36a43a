"""What was handed in: files and archives become single documents, within limits, judged by their content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.budget.check.reading import SUFFIXES
from chengyun.kernel.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024  # of one document
MOST_TOGETHER = 300 * 1024 * 1024
MOST_DOCUMENTS = 100
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(slots=True)
class Handed:
    """Documents with their names, and the names of what was left out of a folder or archive."""

    documents: list[tuple[str, bytes]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def taken_in(files: Iterable[UploadedFile[bytes]], *, folder: bool) -> Handed:
    """Unpack archives, refuse what cannot be a budget.

    In a folder or archive other kinds of files are left out and named; a file chosen by itself is refused with
    the reason. Raises ``Invalid`` (field ``documents``).
    """
    handed = Handed()
    for file in files:
        data = _read(file)
        name = PurePath((file.name or "budget").replace("\\", "/")).name[:200]
        if _is_archive(data):
            _unpack(handed, name, data)
        elif folder and PurePath(name).suffix.lower() not in SUFFIXES:
            handed.skipped.append(name)
        else:
            problem = why_not(data)
            if problem and not folder:
                raise Invalid({"documents": f"{name}：{problem}"})
            if problem:
                handed.skipped.append(name)
            else:
                handed.documents.append((name, data))
        if len(handed.documents) > MOST_DOCUMENTS:
            told = _("一次最多核对 %(most)d 份，请分几次提交。")
            raise Invalid({"documents": told % {"most": MOST_DOCUMENTS}})
    if not handed.documents:
        kinds = "TXT、DOCX、XLSX、PDF"
        raise Invalid({"documents": _("没有可以核对的文件；能读的是 %(kinds)s。") % {"kinds": kinds}})
    return handed


def why_not(data: bytes) -> str:
    """Why this content can be no budget, or "". Only what the first bytes tell: the rest shows in the reading."""
    if not data.strip():
        return _("文件为空。")
    if data.startswith(_IMAGES):
        return _("这是图片；扫描件请先转成带文字的 PDF 或 TXT。")
    if data.startswith(_PACKED):
        return _("这种压缩格式读不了，请改用 ZIP。")
    if data.startswith((b"MZ", b"\x7fELF")):
        return _("这是程序文件，不是预算。")
    return ""


def _read(file: UploadedFile[bytes]) -> bytes:
    if (file.size or 0) > MOST_BYTES and not (file.name or "").lower().endswith(".zip"):
        raise Invalid({"documents": _too_large(file.name or "")})
    if (file.size or 0) > MOST_TOGETHER:
        raise Invalid({"documents": _too_large(file.name or "", MOST_TOGETHER)})
    data: bytes = file.read()
    return data


def _too_large(name: str, most: int = MOST_BYTES) -> str:
    told = _("%(name)s：文件过大，最大 %(most)d MB。")
    return told % {"name": name, "most": most // 1024 // 1024}


def _is_archive(data: bytes) -> bool:
    """A ZIP that is no office file."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return "[Content_Types].xml" not in names


def _unpack(handed: Handed, name: str, data: bytes) -> None:
    together = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry, called in _entries(archive):
            if PurePath(called).suffix.lower() not in SUFFIXES or entry.flag_bits & 1:
                handed.skipped.append(called)
                continue
            together += entry.file_size
            # The size that the archive states is checked first, so that a bomb is never unpacked.
            if entry.file_size > MOST_BYTES or together > MOST_TOGETHER:
                raise Invalid({"documents": _too_large(f"{name} / {called}")})
            if len(handed.documents) >= MOST_DOCUMENTS:
                told = _("压缩包内文档超过 %(most)d 份，请分几次提交。")
                raise Invalid({"documents": told % {"most": MOST_DOCUMENTS}})
            _take_entry(handed, archive, entry, called)


def _take_entry(handed: Handed, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, called: str) -> None:
    try:
        with archive.open(entry) as opened:
            data = opened.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError):
        handed.skipped.append(called)
        return
    if len(data) > MOST_BYTES or why_not(data):
        handed.skipped.append(called)
    else:
        handed.documents.append((called, data))


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Files of an archive with the last part of their names, in order; what the system adds is passed over."""
    for entry in sorted(archive.infolist(), key=lambda one: one.filename):
        called = _name_of(entry)
        path = PurePath(called.replace("\\", "/"))
        if entry.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts:
            continue
        yield entry, path.name[:200]


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Chinese names in archives made by Windows are GB 18030 that passes for code page 437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename

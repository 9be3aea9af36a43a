"""Readers of the four kinds of file; the kind is told by the content, not by the name."""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

from chengyun.budget.check.source import Line, Row, Source, Unreadable

SUFFIXES = (".txt", ".docx", ".xlsx", ".pdf")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Source:
    """Read a budget; raise ``Unreadable`` with a sentence for the person at the desk."""
    try:
        head = path.open("rb").read(1024)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error
    if not head:
        raise Unreadable(f"{path.name}: the file is empty (文件为空).")
    kind = _kind(path, head)
    # Each reader is loaded only when its kind comes: a text file is checked before a PDF library is loaded.
    source = importlib.import_module(f"chengyun.budget.check.reading.{kind}").read(path)
    assert isinstance(source, Source)
    if not any(isinstance(block, Line | Row) for block in source.blocks):
        raise Unreadable(
            f"{path.name}: no text found (未找到文字); a scanned document needs its text version."
        )
    return source


def _kind(path: Path, head: bytes) -> str:
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLD_OFFICE):
        raise Unreadable(
            f"{path.name}: an old Office file (.doc, .xls); save it as DOCX or XLSX (请另存为新格式)."
        )
    if head.startswith(b"PK"):
        return _office_kind(path)
    return "txt"


def _office_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise Unreadable(f"{path.name}: the file is damaged (文件损坏): {error}") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise Unreadable(f"{path.name}: neither DOCX nor XLSX; TXT, DOCX, XLSX and PDF are read.")

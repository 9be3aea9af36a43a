"""The document as plain text, tables with TABs: small, lasting, readable by every machine."""

from __future__ import annotations

from collections.abc import Iterator

from chengyun.budget.compiling.document import Document, ProjectNote, Section
from chengyun.budget.compiling.sheets import Sheet


def as_txt(document: Document) -> bytes:
    """UTF-8 text; a row of a table is one line."""
    return ("\n".join(_lines(document)) + "\n").encode("utf-8")


def _lines(document: Document) -> Iterator[str]:
    yield from (document.title, "", document.subtitle, "", "目录", "")
    for level, entry in document.contents():
        yield f"{'  ' * (level - 1)}{entry}"
    for section in document.sections:
        yield from _section(section)
    yield from ("", document.tables_entry.partition("、")[2])
    for sheet in document.sheets:
        yield from _sheet(sheet)
    for section in document.closing:
        yield from _section(section)
    for note in document.projects:
        yield from _note(note)


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.title, "")
    for paragraph in section.paragraphs:
        yield paragraph.text


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield from ("", sheet.caption, "", f"{sheet.prepared_by}  单位：{sheet.unit}", "")
    for row in sheet.head_grid():
        yield "\t".join(row)
    for line in sheet.rows:
        yield "\t".join(sheet.shown(slot) for slot in line.slots)
    if sheet.note:
        yield from ("", sheet.note)


def _note(note: ProjectNote) -> Iterator[str]:
    yield from ("", note.title, "")
    for paragraph in note.paragraphs:
        yield paragraph.text
    if note.form is not None:
        yield from ("", note.form.title, note.form.subtitle, "")
        for row in note.form.grid():
            yield "\t".join(row)

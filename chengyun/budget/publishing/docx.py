"""The document for Word: styles of an official paper, tables with merged headings that repeat on every page."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from chengyun.budget.compiling.document import Document, Form, Kind, Paragraph, ProjectNote, Section
from chengyun.budget.compiling.sheets import Cell, Sheet

# Fonts of official papers (GB/T 9704): named, not embedded; Word falls back where a machine lacks them.
_TITLE, _HEADING, _BODY, _TABLE = "方正小标宋简体", "黑体", "仿宋", "宋体"


def as_docx(document: Document) -> bytes:
    """The file's bytes."""
    file: Any = docx.Document()
    _page(file.sections[0], landscape=False)
    _style(file)
    _cover(file, document)
    for section in document.sections:
        _section(file, section)
    _page(file.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    for at, sheet in enumerate(document.sheets):
        if at == 0:
            _line(file, document.tables_entry.partition("、")[2], _HEADING, 16, centre=True)
        else:
            file.add_page_break()
        _sheet(file, sheet)
    _page(file.add_section(WD_SECTION.NEW_PAGE), landscape=False)
    for section in document.closing:
        _section(file, section)
    for note in document.projects:
        _note(file, note)
    out = BytesIO()
    file.core_properties.title = document.title
    file.core_properties.author = document.org
    file.save(out)
    return out.getvalue()


def _page(section: Any, *, landscape: bool) -> None:
    sides = (Cm(29.7), Cm(21.0)) if landscape else (Cm(21.0), Cm(29.7))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    for side, width in (("left", 2.0 if landscape else 2.8), ("right", 2.0 if landscape else 2.6)):
        setattr(section, f"{side}_margin", Cm(width))
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", _TABLE, 10)
    _field(paragraph, "PAGE")
    _run(paragraph, " —", _TABLE, 10)


def _style(file: Any) -> None:
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _BODY, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    normal.paragraph_format.space_after = Pt(0)


def _run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = font, Pt(size), bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _line(file: Any, text: str, font: str, size: float, *, centre: bool = False, before: float = 0) -> Any:
    paragraph = file.add_paragraph()
    _run(paragraph, text, font, size)
    paragraph.paragraph_format.space_before = Pt(before)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _cover(file: Any, document: Document) -> None:
    _line(file, document.title, _TITLE, 26, centre=True, before=150)
    _line(file, document.subtitle, _BODY, 16, centre=True, before=60)
    file.add_page_break()
    _line(file, "目  录", _HEADING, 18, centre=True)
    for level, entry in document.contents():
        paragraph = _line(file, entry, _BODY, 13, before=4)
        paragraph.paragraph_format.left_indent = Cm(0.8 * (level - 1))
    file.add_page_break()


def _section(file: Any, section: Section) -> None:
    _line(file, section.title, _HEADING, 16, centre=True, before=18).paragraph_format.keep_with_next = True
    _paragraphs(file, section.paragraphs)


def _paragraphs(file: Any, paragraphs: Iterable[Paragraph]) -> None:
    for one in paragraphs:
        paragraph = _line(file, one.text, _HEADING if one.kind is Kind.HEADING else _BODY, 14)
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.line_spacing = Pt(26)
        paragraph.paragraph_format.keep_with_next = one.kind is Kind.HEADING


def _sheet(file: Any, sheet: Sheet) -> None:
    _line(file, sheet.caption, _HEADING, 14, centre=True)
    paragraph = _line(file, f"{sheet.prepared_by}\t单位：{sheet.unit}", _TABLE, 10)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(25.7), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.keep_with_next = True
    table = file.add_table(rows=sheet.head_rows + len(sheet.rows), cols=sheet.width)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    # python-docx finds a cell by walking the table: taking the rows once keeps it linear.
    grid = [list(row.cells) for row in table.rows]
    for head in sheet.heads:
        cell = grid[head.row][head.column]
        if head.width > 1 or head.height > 1:
            cell = cell.merge(grid[head.row + head.height - 1][head.column + head.width - 1])
        _fill(cell, head.text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for at in range(sheet.head_rows):
        _repeat(table.rows[at])
    for at, row in enumerate(sheet.rows):
        for column, slot in enumerate(row.slots):
            align = WD_ALIGN_PARAGRAPH.RIGHT if isinstance(slot, Cell) else None
            _fill(grid[sheet.head_rows + at][column], sheet.shown(slot), bold=row.level == 0, align=align)
    _columns(grid, sheet)
    if sheet.note:
        _line(file, sheet.note, _TABLE, 10, before=4)


def _fill(cell: Any, text: str, *, bold: bool = False, align: Any = None) -> None:
    paragraph = cell.paragraphs[0]
    if text:
        _run(paragraph, text, _TABLE, 9, bold=bold)
    paragraph.alignment = align


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _columns(grid: list[list[Any]], sheet: Sheet) -> None:
    amounts = sheet.amount_columns
    codes = sheet.code_columns
    wide = [at for at in range(sheet.width) if at not in amounts and at not in codes]
    money = 2.7 if len(amounts) > 4 else 3.4
    rest = (25.7 - money * len(amounts) - 1.1 * len(codes)) / max(1, len(wide))
    for row in grid[sheet.head_rows :]:
        for at, cell in enumerate(row):
            cell.width = Cm(money if at in amounts else 1.1 if at in codes else min(rest, 9.5))


def _note(file: Any, note: ProjectNote) -> None:
    _line(file, note.title, _HEADING, 15, centre=True, before=18).paragraph_format.keep_with_next = True
    _paragraphs(file, note.paragraphs)
    if note.form is not None:
        file.add_page_break()
        _form(file, note.form)


def _form(file: Any, form: Form) -> None:
    _line(file, form.title, _HEADING, 15, centre=True)
    _line(file, form.subtitle, _TABLE, 10, centre=True)
    table = file.add_table(rows=form.height, cols=form.width)
    table.style = "Table Grid"
    grid = [list(row.cells) for row in table.rows]
    for one in form.cells:
        cell = grid[one.row][one.column]
        if one.width > 1 or one.height > 1:
            cell = cell.merge(grid[one.row + one.height - 1][one.column + one.width - 1])
        _fill(cell, one.text)

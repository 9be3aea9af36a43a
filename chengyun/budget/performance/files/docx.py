"""A form for Word: one table with merged cells, in the fonts of official papers (named, not embedded)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from chengyun.budget.compiling.document import Form

_TITLE, _BODY = "方正小标宋简体", "宋体"
_LONG = 14  # characters from which a text is set to the left


def form_docx(form: Form) -> bytes:
    """The file's bytes."""
    file = Document()
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2.0)
    _line(file.add_paragraph(), form.title, _TITLE, 18)
    _line(file.add_paragraph(), form.subtitle, _BODY, 12)
    table = file.add_table(rows=form.height, cols=form.width)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell in form.cells:
        place = table.cell(cell.row, cell.column)
        if cell.width > 1 or cell.height > 1:
            place = place.merge(table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1))
        place.vertical_alignment = 1  # middle
        _line(place.paragraphs[0], cell.text, _BODY, 10, centre=len(cell.text) < _LONG)
    out = BytesIO()
    file.core_properties.title, file.core_properties.author = form.title, ""
    file.save(out)
    return out.getvalue()


def _line(paragraph: Any, text: str, font: str, size: float, *, centre: bool = True) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(0)
    for at, part in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if at:
            run.add_break()
        run.add_text(part)
        run.font.name, run.font.size = font, Pt(size)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)

"""The sample set as TXT, DOCX, XLSX and PDF."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path

import typst
from docx import Document
from openpyxl import Workbook

from chengyun.budget.tests.sample import NARRATIVE, OTHER, TITLE, Sheet

BY = "编制部门：某区城市管理样本中心"


def as_txt(path: Path, sheets: Iterable[Sheet], *, narrative: tuple[str, ...] = NARRATIVE) -> Path:
    """Tables with TABs, as a page of a website copies them."""
    lines = [TITLE, "", *narrative, ""]
    for sheet in sheets:
        lines += [sheet.title, BY, f"单位：{sheet.unit}", ""]
        lines += ["\t".join(row) for row in (*sheet.header, *sheet.rows)]
        lines += ([sheet.note] if sheet.note else []) + [""]
    path.write_text("\n".join([*lines, *OTHER]), encoding="utf-8")
    return path


def as_docx(path: Path, sheets: Iterable[Sheet]) -> Path:
    """Word tables, group headings merged over their columns."""
    document = Document()
    for text in (TITLE, *NARRATIVE):
        document.add_paragraph(text)
    for sheet in sheets:
        document.add_paragraph(sheet.title)
        document.add_paragraph(f"{BY}  单位：{sheet.unit}")
        grid = [*sheet.header, *sheet.rows]
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        for at, row in enumerate(grid):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
        _merge(table, sheet)
        if sheet.note:
            document.add_paragraph(sheet.note)
    for text in OTHER:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def _merge(table: object, sheet: Sheet) -> None:
    first = sheet.header[0]
    for at, text in enumerate(first):
        end = at
        while text and end + 1 < len(first) and not first[end + 1]:
            end += 1
        if end > at:
            table.cell(0, at).merge(table.cell(0, end))
    if sheet.number == 9:
        table.cell(1, 0).merge(table.cell(2, 0))


def as_xlsx(path: Path, sheets: Iterable[Sheet]) -> Path:
    """A sheet for each table, amounts as numbers with a format."""
    book = Workbook()
    cover = book.active
    cover.title = "说明"
    for at, text in enumerate((TITLE, *NARRATIVE, *OTHER), start=1):
        cover.cell(at, 1, text)
    for sheet in sheets:
        page = book.create_sheet(f"表{sheet.number}")
        page.append([sheet.title])
        page.append([BY, *[""] * (len(sheet.header[0]) - 2), f"单位：{sheet.unit}"])
        for row in sheet.header:
            page.append(row)
        for row in sheet.rows:
            page.append([_value(text) for text in row])
            for cell, text in zip(page[page.max_row], row, strict=False):
                if isinstance(cell.value, float):
                    cell.number_format = "#,##0." + "0" * len(text.partition(".")[2])
        if sheet.note:
            page.append([sheet.note])
    book.save(path)
    return path


def _value(text: str) -> str | float | None:
    """Amounts as numbers; what is malformed was typed as text."""
    if re.fullmatch(r"\d{1,3}(,\d{3})*\.\d+", text):
        return float(text.replace(",", ""))
    return text or None


def as_pdf(path: Path, sheets: Iterable[Sheet], stroke: str = "0.5pt") -> Path:
    """Pages set by typst with ruled tables; a table that breaks over pages repeats its heading."""
    parts = [
        '#set page(paper: "a4", flipped: true, margin: 1.5cm)',
        '#set text(font: "Noto Sans CJK TC", size: 9pt)',
    ]
    parts += [_paragraph(text) for text in (TITLE, *NARRATIVE)]
    for sheet in sheets:
        parts += ["#pagebreak()", _paragraph(sheet.title), _paragraph(f"{BY} 单位：{sheet.unit}")]
        columns = len(sheet.header[0])
        cells = ", ".join(f"[{_escaped(text)}]" for row in sheet.header for text in row)
        body = ", ".join(f"[{_escaped(text)}]" for row in sheet.rows for text in row)
        parts.append(f"#table(columns: {columns}, stroke: {stroke}, table.header({cells}), {body})")
        parts += [_paragraph(sheet.note)] if sheet.note else []
    parts += ["#pagebreak()", *(_paragraph(text) for text in OTHER)]
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(parts), encoding="utf-8")
    typst.compile(source, output=path, font_paths=[_fonts()], ignore_system_fonts=True)
    return path


def _fonts() -> Path:
    """The folder of the font that comes as a package (docs/decisions/0020-pdf-and-fonts.md)."""
    found = importlib.util.find_spec("cvttf_NotoSansCJK_Regular")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _paragraph(text: str) -> str:
    return f"#par[{_escaped(text)}]"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "#*_$[]`<>@\\=/-+~" else char for char in text)

"""A workbook: one sheet a table, every sum a formula; a hidden sheet 勾稽 holds the equations between tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from chengyun.budget.compiling.document import Document, ProjectNote
from chengyun.budget.compiling.sheets import WAN_YUAN, Cell, Ref, Sheet, in_unit

# Title, who prepared it and in which unit, then the heading.
_ABOVE = 2
_MONEY = {"": "#,##0.00;-#,##0.00;", "0.00": "#,##0.00"}
_FONT = {"font_name": "宋体", "font_size": 10}


def as_xlsx(document: Document) -> bytes:
    """The workbook; cached values beside the formulas, so that viewers without arithmetic show them."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": document.title, "author": document.org})
    # Excel sums anew on opening: what is read there is what the formulas say.
    book.set_calc_mode("auto")
    formats = _formats(book)
    _text(book, "说明", list(_words(document)), formats)
    for sheet in document.sheets:
        _table(book, sheet, document.sheets, formats)
    if document.projects:
        _text(book, "项目说明", list(_project_words(document)), formats)
    for at, note in enumerate((one for one in document.projects if one.form), 1):
        _form(book, f"绩效目标表{at}", note, formats)
    _identities(book, document.sheets, formats)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    box = {**_FONT, "border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({**_FONT, "font_name": "黑体", "font_size": 16, "align": "center"}),
        "by": book.add_format(_FONT),
        "unit": book.add_format({**_FONT, "align": "right"}),
        "head": book.add_format({**box, "bold": True, "align": "center", "text_wrap": True}),
        "word": book.add_format({**box, "text_wrap": True}),
        "strong": book.add_format({**box, "bold": True}),
        "text": book.add_format({**_FONT, "font_size": 11, "text_wrap": True, "valign": "top"}),
        **{
            f"money{nought}": book.add_format({**box, "num_format": code, "align": "right"})
            for nought, code in _MONEY.items()
        },
    }


def _words(document: Document) -> Iterator[str]:
    yield from (document.title, document.subtitle, "目录")
    yield from (entry for _, entry in document.contents())
    for section in document.sections:
        yield section.title
        yield from (paragraph.text for paragraph in section.paragraphs)
    yield document.tables_entry.partition("、")[2]
    for section in document.closing[:1]:
        yield section.title
        yield from (paragraph.text for paragraph in section.paragraphs)


def _project_words(document: Document) -> Iterator[str]:
    for section in document.closing[1:]:
        yield section.title
    for note in document.projects:
        yield note.title
        yield from (paragraph.text for paragraph in note.paragraphs)


def _text(book: Any, name: str, lines: list[str], formats: dict[str, Any]) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 0, 100)
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, formats["text"])


def sheet_name(number: int) -> str:
    """The name of a table's sheet."""
    return f"表{number}"


def _table(book: Any, sheet: Sheet, sheets: tuple[Sheet, ...], formats: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet_name(sheet.number))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, _ABOVE + sheet.head_rows - 1)
    page.freeze_panes(_ABOVE + sheet.head_rows, 0)
    _widths(page, sheet)
    page.merge_range(0, 0, 0, sheet.width - 1, sheet.caption, formats["title"])
    page.write_string(1, 0, sheet.prepared_by, formats["by"])
    page.write_string(1, sheet.width - 1, f"单位：{sheet.unit}", formats["unit"])
    for head in sheet.heads:
        top, bottom = _ABOVE + head.row, _ABOVE + head.row + head.height - 1
        if head.width == head.height == 1:
            page.write_string(top, head.column, head.text, formats["head"])
        else:
            page.merge_range(
                top, head.column, bottom, head.column + head.width - 1, head.text, formats["head"]
            )
    for at, row in enumerate(sheet.rows):
        for column, slot in enumerate(row.slots):
            where = (_ABOVE + sheet.head_rows + at, column)
            if isinstance(slot, Cell):
                _amount(page, where, slot, sheet, sheets, formats[f"money{sheet.nought}"])
            else:
                page.write_string(*where, slot, formats["strong" if row.level == 0 else "word"])
    if sheet.note:
        page.write_string(_ABOVE + sheet.head_rows + len(sheet.rows), 0, sheet.note, formats["by"])


def _widths(page: Any, sheet: Sheet) -> None:
    amounts = sheet.amount_columns
    for column in range(sheet.width):
        words = [slot for row in sheet.rows if isinstance(slot := row.slots[column], str)]
        longest = max((len(text) for text in words), default=0)
        width = 18 if column in amounts else 6 if column in sheet.code_columns else max(20, 2 * longest + 2)
        page.set_column(column, column, min(44, width))


def _amount(
    page: Any, where: tuple[int, int], cell: Cell, sheet: Sheet, sheets: tuple[Sheet, ...], form: Any
) -> None:
    value = float(in_unit(cell.amount, sheet.unit))
    if cell.terms:
        page.write_formula(*where, formula(cell, sheet, sheets), form, value)
    elif cell.amount or sheet.nought:
        page.write_number(*where, value, form)
    else:
        page.write_blank(*where, None, form)


def formula(cell: Cell, sheet: Sheet, sheets: tuple[Sheet, ...]) -> str:
    """``=SUM(E5:E7,E9)`` of the cell's terms; a term of another table carries its sheet's name."""
    names = [_address(term, sheet.number, sheets) for term in cell.terms]
    if len(cell.terms) == 1:
        return f"={names[0]}"
    return f"=SUM({','.join(_ranges(cell.terms, names))})"


def _address(ref: Ref, here: int, sheets: tuple[Sheet, ...]) -> str:
    top = _ABOVE + sheets[ref.table - 1].head_rows + ref.row
    name = xl_rowcol_to_cell(top, ref.column)
    return str(name) if ref.table == here else f"'{sheet_name(ref.table)}'!{name}"


def _ranges(terms: tuple[Ref, ...], names: list[str]) -> Iterator[str]:
    """Neighbouring cells as ranges; Excel takes at most 255 arguments."""
    start = 0
    for at in range(1, len(terms) + 1):
        if at < len(terms) and _follows(terms[at - 1], terms[at]):
            continue
        yield names[start] if at - start == 1 else f"{names[start]}:{names[at - 1]}"
        start = at


def _follows(one: Ref, two: Ref) -> bool:
    if one.table != two.table:
        return False
    down = (two.row - one.row, two.column - one.column) == (1, 0)
    return down or (two.row - one.row, two.column - one.column) == (0, 1)


def _form(book: Any, name: str, note: ProjectNote, formats: dict[str, Any]) -> None:
    form = note.form
    assert form is not None
    page = book.add_worksheet(name)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_column(0, form.width - 1, 20)
    page.merge_range(0, 0, 0, form.width - 1, form.title, formats["title"])
    page.merge_range(1, 0, 1, form.width - 1, form.subtitle, formats["by"])
    for cell in form.cells:
        top, left = _ABOVE + cell.row, cell.column
        if cell.width == cell.height == 1:
            page.write_string(top, left, cell.text, formats["word"])
        else:
            ends = (top + cell.height - 1, left + cell.width - 1)
            page.merge_range(top, left, *ends, cell.text, formats["word"])


def _identities(book: Any, sheets: tuple[Sheet, ...], formats: dict[str, Any]) -> None:
    """Hidden: both sides of every equation between tables, and whether they agree."""
    page = book.add_worksheet("勾稽")
    for column, text in enumerate(("关系", "左", "右", "差", "结论")):
        page.write_string(0, column, text, formats["head"])
    for row, (words, left, right) in enumerate(_equations(sheets), 1):
        values = [_value(ref, sheets) for ref in (left, right)]
        page.write_string(row, 0, words, formats["word"])
        for column, (ref, value) in enumerate(zip((left, right), values, strict=True), 1):
            page.write_formula(
                row, column, f"={_address(ref, 0, sheets)}", formats["money0.00"], float(value)
            )
        difference = float(values[0] - values[1])
        page.write_formula(row, 3, f"=ROUND(B{row + 1}-C{row + 1},2)", formats["money0.00"], difference)
        verdict = "相符" if values[0] == values[1] else "不符"
        page.write_formula(row, 4, f'=IF(D{row + 1}=0,"相符","不符")', formats["word"], verdict)
    page.set_column(0, 0, 44)
    page.set_column(1, 3, 18)
    page.hide()


def _value(ref: Ref, sheets: tuple[Sheet, ...]) -> Decimal:
    sheet = sheets[ref.table - 1]
    assert sheet.unit != WAN_YUAN  # the equations are exact: none of them asks table 9
    return sheet.amount(ref)


def _equations(sheets: tuple[Sheet, ...]) -> list[tuple[str, Ref, Ref]]:
    last = {sheet.number: len(sheet.rows) - 1 for sheet in sheets}

    def bottom(table: int, column: int) -> Ref:
        return Ref(table, last[table], column)

    return [
        ("表1 收入总计 = 支出总计", bottom(1, 1), bottom(1, 3)),
        ("表1 收入总计 = 表2 合计", bottom(1, 1), bottom(2, 4)),
        ("表1 支出总计 = 表3 合计", bottom(1, 3), bottom(3, 4)),
        ("表2 合计 = 表3 合计", bottom(2, 4), bottom(3, 4)),
        ("表2 财政拨款收入 = 表4 收入总计", bottom(2, 5), bottom(4, 1)),
        ("表4 收入总计 = 支出总计", bottom(4, 1), bottom(4, 3)),
        ("表4 一般公共预算 = 表5 合计", bottom(4, 4), bottom(5, 4)),
        ("表4 政府性基金预算 = 表6 合计", bottom(4, 5), bottom(6, 4)),
        ("表4 国有资本经营预算 = 表7 合计", bottom(4, 6), bottom(7, 4)),
        ("表5 基本支出 = 表8 合计", bottom(5, 5), bottom(8, 3)),
    ]

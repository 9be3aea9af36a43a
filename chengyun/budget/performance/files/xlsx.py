"""A form as a sheet: merged cells, ready to print on one page's width."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from chengyun.budget.compiling.document import Form

_WIDTHS = (13, 14, 17, 17, 17, 14, 12)
_ROW, _PER_LINE = 22, 16


def form_xlsx(form: Form) -> bytes:
    """The file's bytes. Texts only: nothing that a cell says can be taken for a formula."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(form.title[:31])
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    plain = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}
    middle, left = book.add_format({**plain, "align": "center"}), book.add_format({**plain, "align": "left"})
    for column in range(form.width):
        sheet.set_column(column, column, _WIDTHS[column % len(_WIDTHS)])
    sheet.merge_range(0, 0, 0, form.width - 1, form.title, title)
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, form.width - 1, form.subtitle, book.add_format({"align": "center"}))
    tall = dict.fromkeys(range(form.height), 1)
    for cell in form.cells:
        style = middle if len(cell.text) < _PER_LINE else left
        row = cell.row + 2
        if cell.width > 1 or cell.height > 1:
            ends = (row + cell.height - 1, cell.column + cell.width - 1)
            sheet.merge_range(row, cell.column, *ends, cell.text, style)
        else:
            sheet.write_string(row, cell.column, cell.text, style)
        if cell.height == 1:
            lines = sum(1 + len(part) // (8 * cell.width) for part in cell.text.split("\n"))
            tall[cell.row] = max(tall[cell.row], lines)
    for number, lines in tall.items():
        sheet.set_row(number + 2, max(_ROW, 13.5 * lines))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    book.close()
    return out.getvalue()

"""Workbooks: every sheet in its order, numbers as the sheet shows them."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row, Source, Unreadable


def read(path: Path) -> Source:
    """Rows of each sheet, lines where the sheet has one column only."""
    try:
        book = load_workbook(path, data_only=True)
    except Exception as error:  # the library raises what it meets: KeyError, ValueError, XML errors
        raise Unreadable(f"{path.name}: the workbook is damaged (文件损坏): {error}") from error
    blocks: list[Block] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        blocks.append(Line(sheet.title.strip(), Place(cell=sheet.title), whole=True))
        for row in sheet.iter_rows():
            blocks.append(_block(sheet.title, row))
        blocks.append(Gap(Place(cell=sheet.title)))
    return Source("xlsx", path.name, blocks)


def _block(title: str, row: tuple[Any, ...]) -> Block:
    pieces = tuple(Piece(shown(cell), Place(cell=f"{title}!{cell.coordinate}")) for cell in row)
    filled = [piece for piece in pieces if piece.text]
    if not filled:
        return Gap(Place(cell=title))
    if len(pieces) == 1:
        return Line(filled[0].text, filled[0].place, whole=True)
    return Row(pieces, filled[0].place)


def shown(cell: Any) -> str:
    """The text of a cell as its number format shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or "General"))
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%Y-%m-%d}"
    return str(value).replace("\n", "").strip()


def _number(value: int | float, number_format: str) -> str:
    # A double carries 15 sure digits: more of them would be noise, not money.
    exact = Decimal(f"{value:.15g}")
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|_.|\\.', "", number_format.split(";")[0])
    if "%" in pattern:
        return f"{exact * 100:f}%"
    decimals = re.search(r"\.([0#]+)", pattern)
    if decimals and "0" in pattern:
        exact = exact.quantize(Decimal(1).scaleb(-decimals.group(1).count("0")), ROUND_HALF_UP)
    elif re.fullmatch(r"[#,0]+", pattern) and exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    if re.fullmatch(r"0{2,}", pattern):
        return f"{exact:f}".zfill(len(pattern))
    return f"{exact:,f}" if "," in pattern else f"{exact:f}"

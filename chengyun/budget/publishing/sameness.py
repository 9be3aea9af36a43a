"""REND-01: what a rendered file says, cell by cell, against what was compiled; and formulas against values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from chengyun.budget.check import columns as c
from chengyun.budget.check.amounts import folded, money
from chengyun.budget.check.catalogue import Severity, Status
from chengyun.budget.check.document import Budget, Table
from chengyun.budget.check.findings import Finding
from chengyun.budget.compiling.document import Document
from chengyun.budget.compiling.sheets import WAN, WAN_YUAN, Cell, Sheet

_NINE = ("合计", "因公出国（境）费", "公务接待费", "小计", "购置费", "运行费", "机关运行经费")
_Key = tuple[str, str]


def differences(document: Document, budget: Budget) -> list[Finding]:
    """A finding for every table that is missing and every amount that is not the compiled one."""
    found: list[Finding] = []
    for sheet in document.sheets:
        table = budget.tables.get(sheet.number)
        if table is None:
            found.append(_finding(sheet.number, "", "", None, None))
            continue
        wanted, read = dict(_compiled(sheet)), _read(table)
        for row, column in dict.fromkeys((*wanted, *read)):
            left, right = read.get((row, column), Decimal(0)), wanted.get((row, column), Decimal(0))
            if left != right:
                found.append(_finding(sheet.number, row, column, left, right))
    return found


def _finding(table: int, row: str, column: str, left: Decimal | None, right: Decimal | None) -> Finding:
    if left is None or right is None:
        zh, en = f"发布件中找不到表{table}", f"Table {table} is not in the file"
    else:
        zh = f"表{table}“{row}”行“{column}”发布件为{money(left)}元，台账为{money(right)}元"
        en = f"Table {table}, {row}, {column}: {money(left)} 元 in the file, {money(right)} 元 in the ledger"
    about: dict[str, Any] = {"table": table, "row": row, "column": column, "left": left, "right": right}
    return Finding("REND-01", Severity.FATAL, Status.FAIL, zh, en, **about)


def _printed(sheet: Sheet, cell: Cell) -> Decimal:
    """The amount in 元 to the digit that is printed."""
    text = sheet.shown(cell).replace(",", "")
    return Decimal(text or 0) * (WAN if sheet.unit == WAN_YUAN else 1)


def _compiled(sheet: Sheet) -> Iterator[tuple[_Key, Decimal]]:
    heads = {head.column: head.text for head in sorted(sheet.heads, key=lambda head: head.row)}
    for row in sheet.rows:
        name = row.code or ("合计" if row.level == 0 else "")
        side = ""
        for at, slot in enumerate(row.slots):
            if isinstance(slot, str):
                if sheet.number in (1, 4):
                    name, side = folded(slot), "income" if at == 0 else "expenditure"
                continue
            column = _NINE[at] if sheet.number == 9 else c.key_of(folded(heads[at]))
            amount = _printed(sheet, slot)
            if amount:
                yield (side + name, column), amount


def _read(table: Table) -> dict[_Key, Decimal]:
    found: dict[_Key, Decimal] = {}
    for item in table.items:
        name = item.code or ("合计" if item.total and not item.side else item.name)
        name = "" if table.number == 9 else item.side + name
        for key, cell in item.cells.items():
            if cell.amount:
                found[name, key] = cell.amount
    return found


_ADDRESS = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


def wrong_formulas(content: bytes) -> list[Finding]:
    """Formulas of the visible sheets, worked out, against the values that are stored beside them."""
    from openpyxl import load_workbook  # costs half a second: loaded when a workbook comes

    live, stored = (load_workbook(BytesIO(content), data_only=only) for only in (False, True))
    found = []
    for page in live.worksheets:
        if page.sheet_state != "visible":
            continue
        for row in page.iter_rows():
            for cell in row:
                if not (isinstance(cell.value, str) and cell.value.startswith("=")):
                    continue
                worked = _worked(live, page.title, cell.coordinate)
                kept = _number(stored[page.title][cell.coordinate].value)
                if worked != kept:
                    table = int(re.sub(r"\D", "", page.title) or 0)
                    found.append(_finding(table, cell.coordinate, cell.value, kept, worked))
    return found


def _number(value: Any) -> Decimal:
    # A double carries 15 sure digits: more of them would be noise, not money.
    return Decimal(f"{value:.15g}") if isinstance(value, int | float) else Decimal(0)


def _worked(book: Any, title: str, address: str) -> Decimal:
    """The value of a cell: a number, or the sum of the cells that its formula names."""
    value = book[title][address].value
    if not (isinstance(value, str) and value.startswith("=")):
        return _number(value)
    total = Decimal(0)
    for sheet, left, top, right, bottom in _ADDRESS.findall(value):
        page = book[sheet or title]
        area = page[f"{left}{top}:{right or left}{bottom or top}"]
        for row in area:
            total += sum((_worked(book, page.title, cell.coordinate) for cell in row), Decimal(0))
    return total

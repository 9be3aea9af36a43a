"""How amounts are written: NUM-01 to NUM-05, X-TXT."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from chengyun.budget.check.amounts import Lex, folded
from chengyun.budget.check.document import Cell, Table
from chengyun.budget.check.findings import Book


def run(book: Book) -> None:
    """Look at every amount cell."""
    for table in book.budget.tables.values():
        for cell in table.cells():
            _written(book, cell)
        _separators(book, table)
        _decimals(book, table)
        _unit(book, table)
    _magnitude(book)
    _same_text(book)


def _about(cell: Cell) -> dict[str, Any]:
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "place": cell.place,
        "cells": (cell,),
    }


def _written(book: Book, cell: Cell) -> None:
    written = cell.written
    if written.lex is Lex.MALFORMED:
        book.fail(
            "NUM-01",
            f"表{cell.table}“{cell.row}”行“{cell.column}”数字格式错误：{written.raw}",
            f"Table {cell.table}, row {cell.row}, {cell.column}: malformed number {written.raw}",
            left=written.raw,
            **_about(cell),
        )
        return
    book.ok("NUM-01")
    if written.lex is Lex.TEXT or (written.value is not None and written.value < 0):
        book.fail(
            "NUM-04",
            f"表{cell.table}“{cell.row}”行“{cell.column}”金额为负或非数字：{written.raw}",
            f"Table {cell.table}, row {cell.row}, {cell.column}: negative or not a number: {written.raw}",
            left=written.raw,
            **_about(cell),
        )
    else:
        book.ok("NUM-04")


def _separators(book: Book, table: Table) -> None:
    large = [cell for cell in table.cells() if abs(cell.written.value or Decimal(0)) >= 1000]
    if not any(cell.written.lex is Lex.OK for cell in large):
        return
    for cell in large:
        if cell.written.lex is Lex.PLAIN:
            book.fail(
                "NUM-02",
                f"表{cell.table}“{cell.row}”行“{cell.column}”缺少千分位：{cell.written.raw}",
                f"Table {cell.table}, row {cell.row}, {cell.column}: no thousands separators: {cell.written.raw}",
                left=cell.written.raw,
                **_about(cell),
            )
        else:
            book.ok("NUM-02")


def _decimals(book: Book, table: Table) -> None:
    # Nought is written "0" in tables of two decimals everywhere; it says nothing about precision.
    cells = [cell for cell in table.cells() if cell.written.value and cell.written.lex is not Lex.MALFORMED]
    counts = Counter(cell.written.decimals for cell in cells)
    if not counts:
        return
    usual = counts.most_common(1)[0][0]
    for cell in cells:
        if cell.written.decimals != usual:
            book.fail(
                "NUM-03",
                f"表{cell.table}“{cell.row}”行“{cell.column}”小数位数与本表其他金额不一致：{cell.written.raw}",
                f"Table {cell.table}, {cell.column}: decimals differ from the rest of the table: {cell.written.raw}",
                left=cell.written.raw,
                **_about(cell),
            )
        else:
            book.ok("NUM-03")


def _unit(book: Book, table: Table) -> None:
    if table.unit:
        book.ok("NUM-05")
        return
    book.fail(
        "NUM-05",
        f"表{table.number}未注明金额单位",
        f"Table {table.number} does not state its unit",
        table=table.number,
        place=table.place,
    )


def _magnitude(book: Book) -> None:
    """The same total in two tables, ten thousand times apart: a wrong unit line."""
    totals: list[tuple[Table, Decimal]] = []
    for number in (1, 2, 3, 4, 5):
        table = book.budget.tables.get(number)
        if table is not None:
            amounts = [cell.amount for cell in table.cells()]
            totals.append((table, max(amounts, default=Decimal(0))))
    if len(totals) < 3:
        return
    middle = sorted(amount for _, amount in totals)[len(totals) // 2]
    for table, amount in totals:
        ratio = amount / middle if middle else Decimal(1)
        if amount and (ratio > 5000 or ratio < Decimal("0.0002")):
            book.fail(
                "NUM-05",
                f"表{table.number}注明单位“{table.unit}”，与其他各表量级不符",
                f"Table {table.number} states the unit {table.unit}, which does not fit the other tables",
                table=table.number,
                place=table.unit_place or table.place,
                left=amount,
                right=middle,
            )


def _same_text(book: Book) -> None:
    three, five = book.budget.tables.get(3), book.budget.tables.get(5)
    if three is None or five is None:
        return
    for item in three.coded() + ([three.total] if three.total else []):
        other = five.row(item.code) if item.code else five.total
        if other is None:
            continue
        for key, cell in item.cells.items():
            twin = other.cells.get(key)
            if twin is None or cell.blank or twin.blank or cell.written.value != twin.written.value:
                continue
            if folded(cell.written.raw) == folded(twin.written.raw):
                book.ok("X-TXT")
                continue
            book.fail(
                "X-TXT",
                f"表3“{item.label}”行“{cell.column}”写作{cell.written.raw}，表5写作{twin.written.raw}",
                f"{item.label}, {cell.column}: table 3 writes {cell.written.raw}, table 5 {twin.written.raw}",
                left=cell.written.raw,
                right=twin.written.raw,
                **_about(cell),
            )

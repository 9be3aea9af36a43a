"""Codes and names: CODE-01 to CODE-05, X-T8COL."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.codes import economic, functional, known
from chengyun.budget.check.document import Item, Table
from chengyun.budget.check.findings import Book

_CODED = (2, 3, 5, 6, 7, 8)
_OTHER_LIMIT = Decimal("0.5")
_STAFF, _PUBLIC = ("301", "303"), ("302", "310")


def run(book: Book) -> None:
    """Look at the code columns of every table."""
    names: dict[str, tuple[str, int]] = {}
    for number in _CODED:
        table = book.budget.tables.get(number)
        if table is None or not table.coded():
            continue
        for item in table.coded():
            _entry(book, table, item)
            _same_name(book, table, item, names)
        _order(book, table)
    _columns(book)
    _share(book)


def _fold(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    return "".join(char for char in text if char not in ' ()、-·,"“”' and not char.isspace())


def _entry(book: Book, table: Table, item: Item) -> None:
    economic_table = table.number == 8
    about = {"table": table.number, "row": item.label, "place": item.place}
    exists = known(item.code, economic_table)
    if exists is False or len(item.code) not in (3, 5, 7):
        book.fail(
            "CODE-01",
            f"表{table.number}科目编码{item.written_code}不在科目表中（{item.name}）",
            f"Table {table.number}: code {item.written_code} ({item.name}) is not in the classification",
            left=item.written_code,
            **about,
        )
        return
    book.ok("CODE-01")
    if item.written_code != item.code and len(item.written_code) < len(item.code):
        book.fail(
            "CODE-02",
            f"表{table.number}“{item.name}”编码写作{item.written_code}，应为{item.code}（缺前导零）",
            f"Table {table.number}, {item.name}: code written {item.written_code}, should be {item.code} (lost nought)",
            left=item.written_code,
            right=item.code,
            repair={"value": item.code, "because_zh": "科目表", "because_en": "the classification"},
            **about,
        )
        return
    entry = (economic() if economic_table else functional()).get(item.code)
    if entry is None:
        return
    if _fold(entry.name) != _fold(item.name) and entry.sure:
        book.fail(
            "CODE-02",
            f"表{table.number}科目{item.code}名称为“{item.name}”，科目表为“{entry.name}”",
            f"Table {table.number}, {item.code}: name {item.name}, official name {entry.name}",
            left=item.name,
            right=entry.name,
            **about,
        )
    else:
        book.ok("CODE-02")


def _same_name(book: Book, table: Table, item: Item, names: dict[str, tuple[str, int]]) -> None:
    key = f"{'E' if table.number == 8 else 'F'}{item.code}"
    first, where = names.setdefault(key, (item.name, table.number))
    if _fold(first) != _fold(item.name):
        book.fail(
            "CODE-04",
            f"科目{item.code}在表{where}为“{first}”，在表{table.number}为“{item.name}”",
            f"{item.code} is {first} in table {where} and {item.name} in table {table.number}",
            table=table.number,
            row=item.label,
            place=item.place,
            left=first,
            right=item.name,
        )
    else:
        book.ok("CODE-04")


def _order(book: Book, table: Table) -> None:
    seen: set[str] = set()
    levels = {len(item.code) for item in table.coded()}  # some districts leave a level out throughout
    last = ""
    for item in table.coded():
        fault = ""
        if item.code in seen:
            fault = "重复|duplicate"
        elif len(item.code) - 2 in levels and item.code[:-2] not in seen:
            fault = "缺上级|parent missing"
        elif last and item.code < last:
            fault = "乱序|out of order"
        seen.add(item.code)
        last = item.code
        if not fault:
            book.ok("CODE-03")
            continue
        zh, _, en = fault.partition("|")
        book.fail(
            "CODE-03",
            f"表{table.number}科目{item.label}{zh}",
            f"Table {table.number}, {item.label}: {en}",
            table=table.number,
            row=item.label,
            place=item.place,
        )


def _columns(book: Book) -> None:
    eight = book.budget.tables.get(8)
    if eight is None:
        return
    for item in eight.coded():
        wrong = c.PUBLIC if item.code[:3] in _STAFF else c.STAFF if item.code[:3] in _PUBLIC else ""
        if not wrong:
            continue
        cell = item.cells.get(wrong)
        if cell is None or cell.amount == 0:
            book.ok("X-T8COL")
            continue
        # Some regions count a part of a class under the other column throughout: its class row says so, too.
        top = eight.row(item.code[:3])
        right = c.PUBLIC if wrong == c.STAFF else c.STAFF
        both = top is not None and top.amount(wrong) >= cell.amount and top.amount(right) > 0
        book.fail(
            "X-T8COL",
            f"表8“{item.label}”金额{cell.written.raw}列在“{wrong}”，科目所属列不符",
            f"Table 8, {item.label}: {cell.written.raw} stands under {wrong}, not where its class belongs",
            severity=Severity.WARNING if both else None,
            table=8,
            row=item.label,
            column=wrong,
            place=cell.place,
            left=cell.amount,
            right=Decimal(0),
            cells=(cell,),
        )


def _share(book: Book) -> None:
    three = book.budget.tables.get(3)
    if three is None or three.total is None or three.total.amount(c.TOTAL) == 0:
        return
    other = [item for item in three.coded() if len(item.code) == 7 and item.code.endswith("99")]
    amount = sum((item.amount(c.TOTAL) for item in other), Decimal(0))
    share = amount / three.total.amount(c.TOTAL)
    if share <= _OTHER_LIMIT:
        book.ok("CODE-05")
        return
    book.fail(
        "CODE-05",
        f"“其他”（99）科目合计{amount:,.2f}元，占支出{share:.1%}",
        f"Lines “other” (…99) are {amount:,.2f} 元, {share:.1%} of expenditure",
        table=3,
        place=other[0].place,
        left=amount,
        right=three.total.amount(c.TOTAL),
    )

"""Table 9 against table 8 and the vehicles: SG-02, SG-04, JG-01, AST-01."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.amounts import money
from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.findings import Book

_LINES = (("因公出国（境）费", "30212"), ("公务接待费", "30217"), ("运行费", "30231"), ("购置费", "31013"))
_HALF = Decimal(50)
_USES = re.compile(r"([一-鿿]{2,12}?(?:用车|车辆|车))(\d+)辆")


def run(book: Book) -> None:
    """Ask table 9 and the paragraphs on state assets."""
    _three_public(book)
    _vehicles(book)
    _operating(book)


def _three_public(book: Book) -> None:
    nine, eight = book.budget.tables.get(9), book.budget.tables.get(8)
    if nine is None or eight is None or not nine.items:
        return
    for column, code in _LINES:
        cell = nine.items[0].cells.get(column)
        if cell is None:
            continue
        row = eight.row(code)
        basic = row.amount(c.TOTAL) if row else Decimal(0)
        if abs(cell.amount - basic) <= _HALF:
            book.ok("SG-02")
            continue
        less = cell.amount < basic
        why = "小于表8，表9漏列" if less else "大于表8，差额应在项目支出中列支"
        book.fail(
            "SG-02",
            f"表9“{column}”{money(cell.amount)}元，表8科目{code}为{money(basic)}元：{why}",
            f"Table 9 {column} {money(cell.amount)} 元, table 8 {code} {money(basic)} 元: "
            + ("table 9 leaves something out" if less else "the rest must be in project spending"),
            severity=None if less else Severity.WARNING,
            table=9,
            row="预算数",
            column=column,
            place=cell.place,
            left=cell.amount,
            right=basic,
            cells=(cell,),
        )


def _vehicles(book: Book) -> None:
    nine = book.budget.tables.get(9)
    running = nine.items[0].cells.get("运行费") if nine and nine.items else None
    bought = nine.items[0].cells.get("购置费") if nine and nine.items else None
    for paragraph in book.budget.paragraphs:
        for match in re.finditer(
            r"(共有车辆|购置车辆|车辆)(\d+)辆(?:，其中：|（|，)([^；。）]*)", paragraph.text
        ):
            count, uses = int(match[2]), _USES.findall(match[3])
            if not uses:
                continue
            summed = sum(int(number) for _, number in uses)
            place = paragraph.at(match.start())
            if summed == count:
                book.ok("AST-01")
            else:
                book.fail(
                    "AST-01",
                    f"车辆{count}辆，各用途之和{summed}辆",
                    f"{count} vehicles, by use {summed}",
                    place=place,
                    left=Decimal(count),
                    right=Decimal(summed),
                )
            cell = bought if "购置" in match[1] else running
            if cell is None:
                continue
            if (count == 0) == (cell.amount == 0):
                book.ok("SG-04")
            else:
                word = cell.column
                book.fail(
                    "SG-04",
                    f"车辆{count}辆，表9“{word}”为{money(cell.amount)}元",
                    f"{count} vehicles, but {word} in table 9 is {money(cell.amount)} 元",
                    table=9,
                    column=word,
                    place=place,
                    left=Decimal(count),
                    right=cell.amount,
                )


def _operating(book: Book) -> None:
    """Agencies publish their public funds as operating cost; other institutions nothing."""
    nine, eight = book.budget.tables.get(9), book.budget.tables.get(8)
    if nine is None or not nine.items or eight is None or eight.total is None:
        return
    cell = nine.items[0].cells.get("机关运行经费")
    if cell is None:
        return
    public = eight.total.amount(c.PUBLIC)
    agency = any(book.budget.tables[n].row("2101101") for n in (3, 5) if n in book.budget.tables)
    fault = ""
    if cell.amount > public + _HALF:
        fault = "大于表8公用经费|exceeds the public funds of table 8"
    elif agency and cell.amount == 0 and public > 0:
        fault = "为零，而本部门有行政单位（2101101 行政单位医疗）|is nil, though there is an agency (2101101)"
    elif not agency and cell.amount > 0:
        fault = "不为零，而未见行政单位（无2101101）|is not nil, though no agency shows (no 2101101)"
    if not fault:
        book.ok("JG-01")
        return
    zh, _, en = fault.partition("|")
    book.fail(
        "JG-01",
        f"表9机关运行经费{money(cell.amount)}元{zh}",
        f"Operating cost {money(cell.amount)} 元 in table 9 {en}",
        table=9,
        row="预算数",
        column="机关运行经费",
        place=cell.place,
        left=cell.amount,
        right=public,
        cells=(cell,),
    )

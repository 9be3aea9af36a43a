"""What the tables say of the figures that the text repeats."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.across import bare_name
from chengyun.budget.check.document import Budget, Item, Table
from chengyun.budget.check.identities import last_total

_INCOME = ("事业收入", "事业单位经营收入", "其他收入")


def fact(budget: Budget, key: str) -> Decimal | None:
    """The amount in 元 of a named figure, or None where the tables do not show it."""
    t = budget.tables
    if key in _NINE_KEYS:
        return _three_public(t.get(9), key)
    if key in ("收入总计", "支出总计"):
        side = "income" if key == "收入总计" else "expenditure"
        total = last_total(t[1], side) if 1 in t else None
        if total is not None:
            return total.amount(c.TOTAL)
        other = t.get(2 if side == "income" else 3)
        return None if other is None or other.total is None else other.total.amount(c.TOTAL)
    if key == c.GRANT or key in _INCOME:
        return _income(t.get(1), key)
    if key in ("财政拨款支出", c.GENERAL, c.FUND, c.CAPITAL):
        total = last_total(t[4], "expenditure") if 4 in t else None
        return None if total is None else total.amount(c.TOTAL if key == "财政拨款支出" else key)
    if key in (c.BASIC, c.PROJECT):
        total = t[3].total if 3 in t else None
        return None if total is None or key not in total.cells else total.amount(key)
    row = line(budget, key)
    return None if row is None else row.amount(c.TOTAL)


_NINE_KEYS = (
    "“三公”合计",
    "因公出国（境）费",
    "公务用车购置及运行费",
    "购置费",
    "运行费",
    "公务接待费",
    "机关运行经费",
)


def nine_column(key: str) -> str:
    """The column of table 9 that a key of the text names."""
    return {"“三公”合计": "合计", "公务用车购置及运行费": "小计"}.get(key, key)


def _three_public(table: Table | None, key: str) -> Decimal | None:
    if table is None or not table.items:
        return None
    cell = table.items[0].cells.get(nine_column(key))
    return None if cell is None else cell.amount


def _income(table: Table | None, key: str) -> Decimal | None:
    if table is None:
        return None
    for item in table.side("income"):
        if bare_name(item.name) == key or (key == c.GRANT and bare_name(item.name).startswith("财政拨款")):
            return item.amount(c.TOTAL)
    return None


def _fold(name: str) -> str:
    return re.sub(r"[（）()、，\s-]", "", name)


def line(budget: Budget, path: str) -> Item | None:
    """The row of a path of names ``类/款/项`` in table 5 or 3."""
    names = [_fold(name) for name in path.split("/")]
    for number in (5, 3):
        table = budget.tables.get(number)
        if table is None:
            continue
        above = {item.code: _fold(item.name) for item in table.coded()}
        fitting = [item for item in table.coded() if _fold(item.name) == names[-1]]
        if len(names) == 1:
            classes = [item for item in fitting if len(item.code) == 3]
            fitting = classes or (fitting if len(fitting) == 1 else [])
        else:
            width = 2 * len(names) + 1
            fitting = [
                item
                for item in fitting
                if len(item.code) == width
                and [above.get(item.code[: 2 * at + 3]) for at in range(len(names))] == names
            ]
        if fitting:
            return fitting[0]
    return None

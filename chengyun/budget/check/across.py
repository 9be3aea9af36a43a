"""Equations between tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chengyun.budget.check import columns as c
from chengyun.budget.check.document import Budget, Cell, Item, Table
from chengyun.budget.check.identities import FUNDS, Identity, basic, cells_of, last_total

_NUMBER = re.compile(r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．])")
_HEAD = re.compile(r"本年(财政拨款)?支出|结转|结余")  # stands over the classes or after them, and is none
# economic line of staff cost <-> function lines that pay it
PAIRS = (
    ("30108", ("2080505",)),
    ("30109", ("2080506",)),
    ("30110", ("2101101", "2101102")),
    ("30113", ("2210201",)),
)


def bare_name(name: str) -> str:
    """A class without its number: 一般公共服务支出."""
    return _NUMBER.sub("", name)


def classes(table: Table) -> dict[str, Item]:
    """Function classes by name: rows of three digits, or the right side of tables 1 and 4."""
    if table.number in (1, 4):
        items = [item for item in table.side("expenditure") if not item.total and not _HEAD.search(item.name)]
        return {bare_name(item.name): item for item in items if item.name.endswith("支出") or item.filled}
    return {item.name: item for item in table.coded() if len(item.code) == 3}


def between_tables(budget: Budget) -> Iterator[Identity]:
    """Every equation between two or more tables that this document can be asked."""
    t = budget.tables
    yield from _totals(t)
    yield from _classes(t)
    if 2 in t and 3 in t:
        yield from _codes("X-T2T3", t[2], [t[3]], [c.TOTAL])
    if 3 in t and 5 in t and only_grants(budget):
        funds = [t[n] for n in (6, 7) if n in t and not t[n].empty]
        yield from _codes("X-T3T5", t[3], [t[5], *funds], [c.TOTAL, c.BASIC, c.PROJECT])
    if 5 in t and 8 in t:
        yield from _economic(t[5], t[8])


def only_grants(budget: Budget) -> bool:
    """All income is a grant of the year: then tables 5, 6 and 7 together are table 3."""
    two = budget.tables.get(2)
    if two is None or two.total is None:
        return False
    grants = {c.TOTAL, c.GRANT, *FUNDS}
    others = [item.amount(key) for item in two.items for key in item.cells if key not in grants]
    if all(amount == 0 for amount in others):
        return True
    # A stray amount beside a sum that is all grant is a slip in its own row, not another income.
    return c.GRANT in two.total.cells and two.total.amount(c.GRANT) == two.total.amount(c.TOTAL)


def _one(
    check: str, number: int, row: str, left: tuple[Cell, ...], right: tuple[Cell, ...], other: str
) -> Identity:
    words = (other, re.sub("表", "table ", other.split("“")[0]))
    return Identity(check, number, row, left[0].column if left else "", left, right, words)


def _totals(t: dict[int, Table]) -> Iterator[Identity]:
    if 1 in t and 2 in t:
        yield from _against(t[1], "income", "X-T1T2", cells_of([t[2].total], c.TOTAL), "表2合计")
    if 1 in t and 3 in t:
        yield from _against(t[1], "expenditure", "X-T1T3", cells_of([t[3].total], c.TOTAL), "表3合计")
    if 1 in t and 4 in t:
        grant = next((i for i in t[1].side("income") if bare_name(i.name).startswith("财政拨款")), None)
        total = last_total(t[4], "income")
        if grant is not None and total is not None:
            carried = [i for i in t[4].side("income") if "结转" in i.name and i.filled]
            if not carried:
                left, right = cells_of([grant], c.TOTAL), cells_of([total], c.TOTAL)
                yield _one("X-T1T4", 1, grant.name, left, right, "表4收入总计")


def _against(table: Table, side: str, check: str, right: tuple[Cell, ...], other: str) -> Iterator[Identity]:
    """A total of table 1: with money carried over there are two totals, and either may be the one meant."""
    totals = [item for item in table.side(side) if item.total and c.TOTAL in item.cells]
    if not totals or not right:
        return
    fits = [item for item in totals if item.cells[c.TOTAL].amount == right[0].amount]
    item = fits[0] if fits else totals[-1]
    yield _one(check, table.number, item.name, (item.cells[c.TOTAL],), right, other)


def _classes(t: dict[int, Table]) -> Iterator[Identity]:
    if 1 in t and 3 in t and classes(t[1]) and classes(t[3]):
        yield from _class_pairs(t[1], c.TOTAL, t[3])
        if c.PROJECT in {column.key for column in t[1].columns}:
            for name, item in classes(t[1]).items():
                other = classes(t[3]).get(name)
                if other is not None:
                    yield _one("X-CLS", 1, item.name, basic(item), basic(other), f"表3“{name}”基本支出")
    for column, number in zip(FUNDS, (5, 6, 7), strict=True):
        if 4 in t and number in t and column in {one.key for one in t[4].columns}:
            yield from _class_pairs(t[4], column, t[number])


def _class_pairs(table: Table, column: str, other: Table) -> Iterator[Identity]:
    mine, theirs = classes(table), classes(other)
    if not any(name in theirs for name in mine) and theirs:
        return  # this table does not list classes of functions
    words = (f"表{other.number}", f"table {other.number}")
    for name in dict.fromkeys([*mine, *theirs]):
        left = cells_of([mine.get(name)], column)
        right = cells_of([theirs.get(name)], c.TOTAL)
        if left or right:
            label = mine[name].name if name in mine else name
            yield Identity("X-CLS", table.number, label, column, left, right, words)
    total = last_total(table, "expenditure")
    if total is not None and other.total is not None and not any("结转" in name for name in mine):
        left, right = cells_of([total], column), cells_of([other.total], c.TOTAL)
        yield Identity("X-CLS", table.number, total.name, column, left, right, words)


def _codes(check: str, table: Table, others: list[Table], keys: list[str]) -> Iterator[Identity]:
    # Only levels that both sides list: one district's table 2 stops at classes, another's lists organisations.
    levels = {len(item.code) for item in table.coded()} & {len(i.code) for one in others for i in one.coded()}
    listed = (item.code for one in (table, *others) for item in one.coded())
    codes = dict.fromkeys(code for code in listed if len(code) in levels)
    names = {item.code: item.label for one in (*others, table) for item in one.coded()}
    said = "+".join(f"表{other.number}" for other in others)
    words = (said, said.replace("表", "table "))
    for code in codes:
        for key in keys:
            left = _column(table.row(code), key)
            right = tuple(cell for other in others for cell in _column(other.row(code), key))
            if left or right:
                yield Identity(check, table.number, names[code], key, left, right, words)
    for key in keys:
        left = _column(table.total, key)
        right = tuple(cell for other in others for cell in _column(other.total, key))
        if left and right:
            yield Identity(check, table.number, "合计", key, left, right, words)


def _column(item: Item | None, key: str) -> tuple[Cell, ...]:
    if item is None:
        return ()
    return basic(item) if key == c.BASIC else cells_of([item], key)


def _economic(five: Table, eight: Table) -> Iterator[Identity]:
    if five.total is None or eight.total is None:
        return
    left, right = basic(five.total), cells_of([eight.total], c.TOTAL)
    if left and right:
        yield Identity("X-T5T8", 5, "合计", c.BASIC, left, right, ("表8合计", "the total of table 8"))
    for economic, functions in PAIRS:
        line = eight.row(economic)
        payers = [five.row(code) for code in functions]
        if line is None or not any(payers):
            continue
        right = tuple(cell for payer in payers if payer is not None for cell in basic(payer))
        said = "、".join(functions)
        words = (f"表5科目{said}基本支出", f"basic expenditure of {said} in table 5")
        yield Identity("X-ECOFUNC", 8, line.label, c.TOTAL, cells_of([line], c.TOTAL), right, words)

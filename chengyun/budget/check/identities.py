"""The sums that a budget must satisfy, as equations between cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.document import Budget, Cell, Item, Table

FUNDS = (c.GENERAL, c.FUND, c.CAPITAL)


@dataclass(slots=True, eq=False)
class Identity:
    """Σ left = Σ right, in 元; exact between tables in 元, half a unit of the last digit where a table rounds."""

    check: str
    table: int
    row: str
    column: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    words: tuple[str, str]

    def residual(self, changed: dict[Cell, Decimal] | None = None) -> Decimal:
        """Left less right, with some cells taken as changed."""
        value = (changed or {}).get
        left = sum((value(cell, cell.amount) for cell in self.left), Decimal(0))
        return left - sum((value(cell, cell.amount) for cell in self.right), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """What rounding may leave: half a unit of the last digit for every cell of a rounding table."""
        return sum((cell.step for cell in (*self.left, *self.right)), Decimal(0)) / 2

    def holds(self, changed: dict[Cell, Decimal] | None = None) -> bool:
        """Whether the two sides agree."""
        return abs(self.residual(changed)) <= self.slack

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells of both sides."""
        return self.left + self.right


def parts_of(table: Table) -> list[tuple[str, list[str]]]:
    """Which columns a column is the sum of."""
    keys = [column.key for column in table.columns if "其中" not in column.label]
    sums: list[tuple[str, list[str]]] = []
    inner: set[str] = set()
    for group in dict.fromkeys(column.group for column in table.columns if column.whole):
        own = next(column.key for column in table.columns if column.whole and column.group == group)
        have = [one.key for one in table.columns if one.group == group and not one.whole and one.key in keys]
        if own in keys and own not in (c.TOTAL, c.BASIC, c.GRANT) and have:
            sums.append((own, have))
            inner.update(have)
    for whole, pieces in ((c.BASIC, [c.STAFF, c.PUBLIC]), (c.GRANT, list(FUNDS))):
        have = [key for key in pieces if key in keys]
        if whole in keys and have:
            sums.append((whole, have))
            inner.update(have)
    if c.TOTAL in keys:
        rest = [key for key in dict.fromkeys(keys) if key != c.TOTAL and key not in inner]
        if rest:
            sums.insert(0, (c.TOTAL, rest))
    return sums


def basic(item: Item) -> tuple[Cell, ...]:
    """The cells of basic expenditure: one, or staff and public."""
    if c.BASIC in item.cells:
        return (item.cells[c.BASIC],)
    return tuple(item.cells[key] for key in (c.STAFF, c.PUBLIC) if key in item.cells)


def rows(table: Table) -> Iterator[Identity]:
    """合计 = its parts, in every row."""
    check = {1: "SUM-01"}.get(table.number, f"ROW-{table.number:02d}")
    for item in table.items:
        if item.side == "income":
            continue
        for whole, pieces in parts_of(table):
            if whole in item.cells and (item.filled or table.number != 1):
                right = tuple(item.cells[key] for key in pieces if key in item.cells)
                if right:
                    words = ("分项之和", "the sum of its parts")
                    label = item.cells[whole].column
                    yield Identity(check, table.number, item.label, label, (item.cells[whole],), right, words)


def hierarchy(table: Table) -> Iterator[Identity]:
    """类 = Σ款, 款 = Σ项, in every column."""
    items = table.coded()
    for item in items:
        below = [one for one in items if one.code[:-2] == item.code and len(one.code) == len(item.code) + 2]
        if below and len([one for one in items if one.code == item.code]) == 1:
            yield from _sums(
                f"HIER-{table.number:02d}", table, item, below, ("下级之和", "the sum of its children")
            )


def totals(table: Table) -> Iterator[Identity]:
    """合计 = Σ classes = Σ leaves."""
    total, items = table.total, table.coded() or [item for item in table.items if not item.total]
    if table.by_units:
        items = [item for item in items if item.level == 1] if all(i.written_code for i in items) else []
    if total is None or not items or _counts_twice(table, total, items):
        return
    shortest = min(len(item.code) for item in items)
    top = [item for item in items if len(item.code) == shortest]
    yield from _sums(f"TOT-{table.number:02d}", table, total, top, ("各类之和", "the sum of the classes"))
    leaves = [
        item for item in items if not any(one.code[:-2] == item.code for one in items if one is not item)
    ]
    if table.coded() and len(leaves) != len(top):
        yield from _sums("TOT-LEAF", table, total, leaves, ("最末级明细之和", "the sum of the leaf lines"))


def _counts_twice(table: Table, total: Item, items: list[Item]) -> bool:
    """Rows without codes that hold parents and children alike: nothing can be asked of their sum."""
    if table.coded() or table.by_units:
        return False
    return sum(item.amount(c.TOTAL) for item in items) >= total.amount(c.TOTAL) * Decimal("1.5")


def _sums(
    check: str, table: Table, whole: Item, parts: list[Item], words: tuple[str, str]
) -> Iterator[Identity]:
    for key, cell in whole.cells.items():
        right = tuple(part.cells[key] for part in parts if key in part.cells)
        yield Identity(check, table.number, whole.label, cell.column, (cell,), right, words)


def pair_table(table: Table) -> Iterator[Identity]:
    """Tables 1 and 4: items to totals, sub-items to items, income to expenditure."""
    check = f"SUM-{table.number:02d}"
    for side in ("income", "expenditure"):
        items = table.side(side)
        yield from _subitems(check, table, items)
        since: list[Item] = []
        before: Item | None = None
        for item in items:
            if item.total:
                parts = ([before] if before is not None else []) + since
                if parts:
                    yield from _sums(check, table, item, parts, ("各项之和", "the sum of the items"))
                before, since = item, []
            elif item.level == 1:
                since.append(item)
    income, spent = last_total(table, "income"), last_total(table, "expenditure")
    if income and spent and c.TOTAL in income.cells and c.TOTAL in spent.cells:
        left, right = (income.cells[c.TOTAL],), (spent.cells[c.TOTAL],)
        words = ("支出总计", "total expenditure")
        yield Identity(
            f"BAL-{table.number:02d}", table.number, income.name, left[0].column, left, right, words
        )


def _subitems(check: str, table: Table, items: list[Item]) -> Iterator[Identity]:
    for index, item in enumerate(items):
        below: list[Item] = []
        for one in items[index + 1 :]:
            if one.level != 2 or one.total:
                break
            below.append(one)
        if item.level != 1 or item.total or not any(one.filled for one in below):
            continue
        partly = below[0].name.startswith("其中")
        if partly and sum(one.amount(c.TOTAL) for one in below) <= item.amount(c.TOTAL):
            continue  # 其中 may name a part only
        yield from _sums(check, table, item, below, ("所列各项之和", "the sum of its sub-items"))


def last_total(table: Table, side: str) -> Item | None:
    """The closing 总计 of a side."""
    return next((item for item in reversed(table.side(side)) if item.total), None)


def own_tables(budget: Budget) -> Iterator[Identity]:
    """Everything inside one table."""
    for number, table in budget.tables.items():
        if number in (1, 4):
            yield from rows(table)
            yield from pair_table(table)
        elif number == 9:
            yield from three_public(table)
        else:
            yield from rows(table)
            yield from hierarchy(table)
            yield from totals(table)


def three_public(table: Table) -> Iterator[Identity]:
    """三公 = 出国 + 接待 + 小计; 小计 = 购置 + 运行."""
    if not table.items:
        return
    cells = table.items[0].cells
    three = ("因公出国（境）费", "公务接待费", "小计")
    besides = tuple(key for key in cells if re.search(r"会议费|培训费", key))
    everything = ("合计", *besides) if "合计" in cells else (*three, *besides)
    for whole, pieces in (("合计", three), ("小计", ("购置费", "运行费")), ("总计", everything)):
        right = tuple(cells[key] for key in pieces if key in cells)
        if whole in cells and len(right) == len(pieces):
            words = ("分项之和", "the sum of its parts")
            yield Identity("SG-01", 9, "", cells[whole].column, (cells[whole],), right, words)


def cells_of(items: Iterable[Item | None], column: str) -> tuple[Cell, ...]:
    """The cells of a column in some rows, those that exist."""
    return tuple(item.cells[column] for item in items if item is not None and column in item.cells)

"""Tables with codes: 2, 3, 5, 6, 7 by function, 8 by economic class."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL
from chengyun.budget.compiling.sheets import YUAN, Cell, Head, Ref, Sheet, SheetRow, Slot

Amounts = Mapping[str, tuple[Decimal, ...]]


def coded_sheet(
    number: int,
    title: str,
    prepared_by: str,
    group: str,
    columns: tuple[str, ...],
    leaves: Amounts,
    names: Mapping[str, str],
    *,
    economic: bool = False,
    note: str = "",
) -> Sheet:
    """A table of leaf amounts with their parents above them and the total below.

    ``columns`` are the parts; 合计 stands before them. ``leaves`` maps a code of 7 (economic: 5) digits to one
    amount for each part.
    """
    levels = 2 if economic else 3
    rows: list[SheetRow] = []
    codes = sorted({code[:end] for code in leaves for end in range(3, len(code) + 1, 2)})
    at = {code: index for index, code in enumerate(codes)}
    sums = _sums(codes, leaves, len(columns))
    for code in codes:
        below = [one for one in codes if len(one) == len(code) + 2 and one.startswith(code)]
        cells = _cells(number, at[code], [at[one] for one in below], sums[code], levels + 1)
        rows.append(
            SheetRow((*_split(code, levels), names.get(code, code), *cells), (len(code) - 1) // 2, code)
        )
    whole = _whole([leaves[code] for code in leaves], len(columns))
    classes = [at[code] for code in codes if len(code) == 3]
    cells = _cells(number, len(rows), classes, whole, levels + 1)
    rows.append(SheetRow(("合计", *[""] * levels, *cells), level=0))
    heads = _heads(levels, group, columns, economic=economic)
    return Sheet(number, title, prepared_by, YUAN, heads, tuple(rows), note if not leaves else "")


def _split(code: str, levels: int) -> list[str]:
    """类, 款, 项 in columns of their own."""
    parts = [code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))]
    return [*parts, *[""] * (levels - len(parts))]


def _whole(amounts: list[tuple[Decimal, ...]], width: int) -> tuple[Decimal, ...]:
    return tuple(sum((one[at] for one in amounts), NIL) for at in range(width))


def _sums(codes: list[str], leaves: Amounts, width: int) -> dict[str, tuple[Decimal, ...]]:
    return {
        code: _whole([amounts for leaf, amounts in leaves.items() if leaf.startswith(code)], width)
        for code in codes
    }


def _cells(
    table: int, row: int, below: list[int], amounts: tuple[Decimal, ...], first: int
) -> tuple[Slot, ...]:
    """合计 and its parts; a parent is the sum of its children, a leaf's 合计 the sum of its parts."""
    values = (sum(amounts, NIL), *amounts)
    if below:
        terms = [tuple(Ref(table, one, first + at) for one in below) for at in range(len(values))]
    else:
        parts = tuple(Ref(table, row, first + at) for at in range(1, len(values)))
        terms = [parts, *[()] * len(amounts)]
    return tuple(Cell(value, term) for value, term in zip(values, terms, strict=True))


def _heads(levels: int, group: str, columns: tuple[str, ...], *, economic: bool) -> tuple[Head, ...]:
    kind = "经济分类科目名称" if economic else "功能分类科目名称"
    codes = "部门预算经济分类科目编码" if economic else "功能分类科目编码"
    marks = ("类", "款", "项")[:levels]
    heads = [
        Head("项目", 0, 0, levels + 1),
        Head(group, 0, levels + 1, len(columns) + 1),
        Head(codes, 1, 0, levels),
        Head(kind, 1, levels, 1, 2),
    ]
    heads += [Head(name, 1, levels + 1 + at, 1, 2) for at, name in enumerate(("合计", *columns))]
    heads += [Head(mark, 2, at) for at, mark in enumerate(marks)]
    return tuple(heads)

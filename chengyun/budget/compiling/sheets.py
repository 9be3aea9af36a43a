"""The shape of a compiled table: heading, rows, and for every amount what it is the sum of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

YUAN, WAN_YUAN = "元", "万元"
WAN = Decimal(10_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ref:
    """A cell of a table: number of the table (1 to 9), index of the row, index of the column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount in 元, exact. ``terms`` are the cells whose sum it is; empty where it stands by itself."""

    amount: Decimal
    terms: tuple[Ref, ...] = ()


Slot = str | Cell


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row from left to right: words and amounts. ``level`` is 0 for a total, 1 to 3 for 类, 款, 项."""

    slots: tuple[Slot, ...]
    level: int = 1
    code: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the heading and how far it reaches."""

    text: str
    row: int
    column: int
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the nine tables. ``nought`` is how nought is written: "" leaves the cell blank."""

    number: int
    title: str
    prepared_by: str
    unit: str
    heads: tuple[Head, ...]
    rows: tuple[SheetRow, ...]
    note: str = ""
    nought: str = ""

    @property
    def width(self) -> int:
        """How many columns."""
        return max(head.column + head.width for head in self.heads)

    @property
    def head_rows(self) -> int:
        """How many rows the heading has."""
        return max(head.row + head.height for head in self.heads)

    @property
    def caption(self) -> str:
        """Number and title as they stand above the table."""
        return f"{self.number}、{self.title}"

    @property
    def amount_columns(self) -> frozenset[int]:
        """Columns that hold amounts."""
        return frozenset(
            at for row in self.rows for at, slot in enumerate(row.slots) if isinstance(slot, Cell)
        )

    @property
    def code_columns(self) -> frozenset[int]:
        """Columns that hold a part of a code."""
        return frozenset(head.column for head in self.heads if head.text in ("类", "款", "项"))

    def head_grid(self) -> list[list[str]]:
        """The heading as rows of texts: a merged cell as one text and blanks."""
        grid = [[""] * self.width for _ in range(self.head_rows)]
        for head in self.heads:
            grid[head.row][head.column] = head.text
        return grid

    def shown(self, slot: Slot) -> str:
        """A cell as it is printed."""
        if isinstance(slot, str):
            return slot
        return shown(slot.amount, self.unit) if slot.amount else self.nought

    def row_of(self, code: str) -> int | None:
        """Index of the row of a code."""
        return next((at for at, row in enumerate(self.rows) if row.code == code), None)

    def amount(self, ref: Ref) -> Decimal:
        """The amount of a cell of this table."""
        slot = self.rows[ref.row].slots[ref.column]
        return slot.amount if isinstance(slot, Cell) else Decimal(0)


def shown(amount: Decimal, unit: str = YUAN) -> str:
    """An amount with separators and two decimals in 元 or 万元, halves rounded up."""
    return f"{in_unit(amount, unit).quantize(_CENT, ROUND_HALF_UP):,.2f}"


def in_unit(amount: Decimal, unit: str) -> Decimal:
    """An amount of 元 in the unit of a table, not rounded."""
    return amount / WAN if unit == WAN_YUAN else amount


def rounded_wan(amount: Decimal) -> Decimal:
    """万元 with two decimals, halves rounded up."""
    return (amount / WAN).quantize(_CENT, ROUND_HALF_UP)


def wan(amount: Decimal) -> str:
    """万元 as the text writes it: ``875.96``; nought is ``0``."""
    value = rounded_wan(amount)
    return f"{value:,.2f}" if value else "0"

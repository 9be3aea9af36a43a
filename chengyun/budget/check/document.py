"""The budget as understood: nine tables of cells, paragraphs, forms; every cell knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chengyun.budget.check.amounts import Amount, Lex
from chengyun.budget.check.prose import Paragraph
from chengyun.budget.check.source import Place, Source
from chengyun.budget.check.source import Row as RawRow


@dataclass(slots=True, eq=False)
class Cell:
    """An amount cell; ``amount`` is in 元 whatever the table's unit."""

    table: int
    row: str
    column: str
    written: Amount
    place: Place
    factor: Decimal = Decimal(1)

    @property
    def amount(self) -> Decimal:
        """What the cell says in 元; a malformed number counts with its digits, a text as nought."""
        said = self.written.value if self.written.value is not None else self.written.naive
        return (said or Decimal(0)) * self.factor

    @property
    def blank(self) -> bool:
        """Nothing typed, or a dash."""
        return self.written.lex in (Lex.BLANK, Lex.DASH)

    @property
    def step(self) -> Decimal:
        """The unit of the last shown digit in 元: nought in a table in 元, which is exact."""
        if self.factor == 1 or self.blank:
            return Decimal(0)
        return self.factor.scaleb(-max(self.written.decimals, 2))


@dataclass(slots=True)
class Column:
    """A column of amounts: ``key`` is the official name, ``label`` the words in the heading."""

    key: str
    label: str
    index: int
    group: str = ""  # the words above it, where they stand over several columns
    whole: bool = False  # the sum of its group


@dataclass(slots=True)
class Item:
    """A row of a table, or one side of a row of table 1 or 4."""

    name: str
    place: Place
    cells: dict[str, Cell]
    code: str = ""
    written_code: str = ""
    level: int = 1
    total: bool = False
    side: str = ""

    @property
    def label(self) -> str:
        """Code and name, as the report names the row."""
        return f"{self.code} {self.name}".strip()

    def amount(self, column: str) -> Decimal:
        """The amount in 元; nought where the table has no such column."""
        cell = self.cells.get(column)
        return Decimal(0) if cell is None else cell.amount

    @property
    def filled(self) -> bool:
        """Whether any amount is typed."""
        return any(not cell.blank for cell in self.cells.values())


@dataclass(slots=True)
class Table:
    """One of the nine tables."""

    number: int
    title: str
    place: Place
    unit: str = ""
    unit_place: Place | None = None
    headers: list[RawRow] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    name_column: str = ""
    has_codes: bool = False
    by_units: bool = False  # its rows are organisations, not budget lines
    items: list[Item] = field(default_factory=list)
    notes: list[tuple[str, Place]] = field(default_factory=list)
    strays: list[tuple[str, Place]] = field(default_factory=list)
    breaks: list[Place] = field(default_factory=list)
    repeated: int = 1
    others: int = 0  # complete tables of the same name that follow, which are another organisation's

    @property
    def factor(self) -> Decimal:
        """元 in one unit of the table."""
        return UNITS.get(self.unit, Decimal(10_000) if self.number == 9 and not self.unit else Decimal(1))

    @property
    def total(self) -> Item | None:
        """The row 合计 of a table with codes."""
        return next((item for item in self.items if item.total and not item.side), None)

    def side(self, side: str) -> list[Item]:
        """The items of one side of table 1 or 4."""
        return [item for item in self.items if item.side == side]

    def coded(self) -> list[Item]:
        """The rows with a code."""
        return [item for item in self.items if item.code]

    def row(self, code: str) -> Item | None:
        """The first row of a code."""
        return next((item for item in self.items if item.code == code), None)

    def cells(self) -> list[Cell]:
        """Every amount cell."""
        return [cell for item in self.items for cell in item.cells.values()]

    @property
    def empty(self) -> bool:
        """No amount above nought."""
        return all(cell.blank or cell.amount == 0 for cell in self.cells())

    def column(self, key: str) -> Column | None:
        """The column with this official name."""
        return next((column for column in self.columns if column.key == key), None)


UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "百元": Decimal(100),
    "万元": Decimal(10_000),
    "亿元": Decimal(10**8),
}


@dataclass(slots=True)
class Form:
    """A performance form (绩效目标表) or another table: its rows as they stand."""

    title: str
    place: Place
    rows: list[RawRow] = field(default_factory=list)


@dataclass(slots=True)
class Budget:
    """Everything the rules ask."""

    source: Source
    year: int
    edition: str
    tables: dict[int, Table] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    contents: list[tuple[str, Place]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def text(self, *sections: str) -> list[Paragraph]:
        """Paragraphs of the sections named."""
        return [paragraph for paragraph in self.paragraphs if paragraph.section in sections]

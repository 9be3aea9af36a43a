"""What a file says and where: lines, rows of cells and gaps, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]


class Unreadable(Exception):
    """The file cannot be read; the message says why and what to do about it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line (and TAB column) of a text file, page and box of a PDF, or cell.

    A box is in points from the top left of its page.
    """

    line: int = 0
    page: int = 0
    box: Box | None = None
    cell: str = ""

    def said(self) -> int | str | None:
        """The place as the report gives it: a line number where the file has lines, else words."""
        if self.line:
            return self.line
        if self.page:
            box = "" if self.box is None else " (" + ", ".join(f"{side:.0f}" for side in self.box) + ")"
            return f"p. {self.page}{box}"
        return self.cell or None


@dataclass(frozen=True, slots=True)
class Piece:
    """The raw text of one cell."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text; ``whole`` where the file says that it is a paragraph of its own."""

    text: str
    place: Place
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as laid out, merged cells as one text and blanks."""

    cells: tuple[Piece, ...]
    place: Place

    @property
    def filled(self) -> list[Piece]:
        """The cells that hold something."""
        return [piece for piece in self.cells if piece.text.strip()]


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line or the end of a page."""

    place: Place


Block = Line | Row | Gap


@dataclass(slots=True)
class Source:
    """A file as read."""

    kind: str
    name: str
    blocks: list[Block] = field(default_factory=list)
    aligned: bool = False  # columns were told by alignment, because the tables have no ruling lines

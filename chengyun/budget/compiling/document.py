"""The whole document: cover, text in sections, nine tables, notes of projects and forms of their targets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chengyun.budget.compiling.sheets import Sheet


class Kind(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    ITEM = "item"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    kind: Kind = Kind.BODY


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading and its entry in the list of contents."""

    key: str
    entry: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form and how far it reaches."""

    text: str
    row: int
    column: int
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A form of targets (绩效目标申报表) that follows the note of its project."""

    title: str
    subtitle: str
    cells: tuple[FormCell, ...]

    @property
    def width(self) -> int:
        """How many columns."""
        return max((cell.column + cell.width for cell in self.cells), default=0)

    @property
    def height(self) -> int:
        """How many rows."""
        return max((cell.row + cell.height for cell in self.cells), default=0)

    def grid(self) -> list[list[str]]:
        """Rows of texts: a merged cell as one text and blanks."""
        grid = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """项目经费情况说明 of one project."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A budget ready to be printed in any format."""

    title: str
    subtitle: str
    org: str
    fiscal_year: int
    sections: tuple[Section, ...]
    tables_entry: str
    sheets: tuple[Sheet, ...]
    closing: tuple[Section, ...]
    projects: tuple[ProjectNote, ...]

    def contents(self) -> list[tuple[int, str]]:
        """Level and words of the list of contents."""
        found = [(1, section.entry) for section in self.sections]
        found.append((1, self.tables_entry))
        found += [(2, f"{sheet.number}.{sheet.title}") for sheet in self.sheets]
        return found + [(1, section.entry) for section in self.closing]

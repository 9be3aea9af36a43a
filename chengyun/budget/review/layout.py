"""A budget as a page shows it: paragraphs and tables in the order of the file, with the marks of findings.

Pure. What it makes is plain data for JSON:
``{"kind": "text", "lines": [[text, id], …]}``, ``{"kind": "table", "rows": [[[text, id], …], …], "head": n}``,
``{"kind": "page", "page": 3}`` (the page that begins here).
"""

from __future__ import annotations

import re
from typing import Any

from chengyun.budget.check.columns import amount_like
from chengyun.budget.check.document import Budget
from chengyun.budget.check.source import Block, Gap, Line, Place, Row

Part = dict[str, Any]


class Layout:
    """The parts of a document, and where each place of the reading stands among them."""

    def __init__(self, budget: Budget) -> None:
        self.parts: list[Part] = []
        self.texts: dict[str, str] = {}  # id -> what stands there
        self._ids: dict[Place, str] = {}
        self._paragraph = {
            place: index for index, paragraph in enumerate(budget.paragraphs) for place in paragraph.places
        }
        self._last: int | None = None
        blocks = budget.source.blocks
        if budget.source.kind == "pdf" and blocks:
            self.parts.append({"kind": "page", "page": 1})
        for number, block in enumerate(blocks):
            self._add(number, block)
        if self.parts and self.parts[-1]["kind"] == "page":
            self.parts.pop()  # after the last page nothing begins
        for part in self.parts:
            if part["kind"] == "table":
                part["head"] = _heads(part["rows"])

    def id_of(self, place: Place | None) -> str | None:
        """The id of what stands at a place of the reading, or None where it is not shown."""
        return None if place is None else self._ids.get(place)

    def _add(self, number: int, block: Block) -> None:
        if isinstance(block, Gap):
            if block.place.page:
                self.parts.append({"kind": "page", "page": block.place.page + 1})
                self._last = None
        elif isinstance(block, Line):
            self._line(f"b{number}", block)
        else:
            self._row(f"b{number}", block)

    def _line(self, name: str, line: Line) -> None:
        self._ids.setdefault(line.place, name)
        self.texts[name] = line.text
        paragraph = self._paragraph.get(line.place)
        before = self.parts[-1] if self.parts else None
        if paragraph is not None and paragraph == self._last and before and before["kind"] == "text":
            before["lines"].append([line.text, name])
        else:
            self.parts.append({"kind": "text", "lines": [[line.text, name]]})
        self._last = paragraph

    def _row(self, name: str, row: Row) -> None:
        cells = []
        first = ""
        for column, piece in enumerate(row.cells):
            cell = f"{name}c{column}"
            self._ids.setdefault(piece.place, cell)
            self.texts[cell] = piece.text
            if piece.text.strip() and not first:
                first = cell
            cells.append([piece.text, cell])
        self._ids.setdefault(row.place, first)
        before = self.parts[-1] if self.parts else None
        if before and before["kind"] == "table" and len(before["rows"][-1]) == len(cells):
            before["rows"].append(cells)
        else:
            self.parts.append({"kind": "table", "rows": [cells]})
        self._last = None


def _heads(rows: list[list[list[str]]]) -> int:
    """How many rows at the top are headings: those before the first with money or with a code."""
    for index, row in enumerate(rows):
        words = [text for text, _ in row if text.strip()]
        if any(amount_like(text) and not re.fullmatch(r"(19|20)\d\d", text) for text in words):
            return index if index <= 4 else 0
        if words and re.fullmatch(r"\d{3}(\d{2}){0,2}", words[0]):
            return index if index <= 4 else 0
    return 0

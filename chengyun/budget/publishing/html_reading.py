"""A web page of a budget as the checker reads files: paragraphs, and rows with merged cells laid out."""

from __future__ import annotations

from html.parser import HTMLParser

from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row, Source

_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "li"})
_IGNORED = frozenset({"style", "script", "title"})


def read_html(content: bytes, name: str) -> Source:
    """Blocks in reading order."""
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return Source("html", name, reader.blocks)


class _Reader(HTMLParser):
    """Collects texts of paragraphs and cells; a cell that goes on below leaves a blank there."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._ignored = 0
        self._row: dict[int, str] = {}
        self._below: dict[int, int] = {}  # column → rows that a cell above still reaches into
        self._cell: tuple[int, int, int] | None = None
        self._table = self._line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a paragraph, a table, a row or a cell."""
        said = dict(attrs)
        if tag in _IGNORED:
            self._ignored += 1
        elif tag == "table":
            self._table, self._line, self._below = self._table + 1, 0, {}
        elif tag == "tr":
            self._row, self._line = {}, self._line + 1
        elif tag in ("td", "th"):
            column = next(at for at in range(1000) if at not in self._row and not self._below.get(at))
            self._cell = (column, int(said.get("colspan") or 1), int(said.get("rowspan") or 1))
            self._text = []
        elif tag in _TEXT:
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened and keep its text."""
        if tag in _IGNORED:
            self._ignored -= 1
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _TEXT and (text := self._taken()):
            self.blocks.append(Line(text, Place(cell=f"<{tag}> {self.getpos()[0]}"), whole=True))
        elif tag == "table":
            self.blocks.append(Gap(self._place()))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._ignored:
            self._text.append(data)

    def _taken(self) -> str:
        text, self._text = " ".join("".join(self._text).split()), []
        return text

    def _end_cell(self) -> None:
        assert self._cell is not None
        column, width, height = self._cell
        text = self._taken()
        for at in range(column, column + width):
            self._row[at] = text if at == column else ""
            if height > 1:
                self._below[at] = height  # this row is taken off at its end
        self._cell = None

    def _end_row(self) -> None:
        width = max([*self._row, *self._below, -1]) + 1
        cells = tuple(Piece(self._row.get(at, ""), self._place(at + 1)) for at in range(width))
        self.blocks.append(Row(cells, self._place()))
        self._below = {at: left - 1 for at, left in self._below.items() if left > 1}

    def _place(self, column: int = 0) -> Place:
        cell = f" cell {column}" if column else ""
        return Place(cell=f"table {self._table} row {self._line}{cell}")

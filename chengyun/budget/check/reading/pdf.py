"""PDF as published: ruled tables by their lines, the rest as lines of text, page by page."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pdfplumber

from chengyun.budget.check.reading import aligned
from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row, Source, Unreadable


def read(path: Path) -> Source:
    """Blocks of every page from top to bottom; a page's end is a gap."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of harmless faults in fonts
    source = Source("pdf", path.name)
    try:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                source.blocks += _page(page)
                page.close()
            if not any(isinstance(block, Row) for block in source.blocks):
                _read_aligned(document, source)
    except Exception as error:  # the library raises what it meets: syntax, passwords, fonts
        reason = type(error).__name__ if not str(error) else str(error)
        if "assword" in type(error).__name__ + repr(error):
            reason = "it is protected by a password (已加密)"
        raise Unreadable(f"{path.name}: the PDF cannot be read (无法读取): {reason}") from error
    return source


def _read_aligned(document: Any, source: Source) -> None:
    """No table is ruled: tell the columns by what stands below each other, where that shows."""
    blocks: list[Block] = []
    for page in document.pages:
        found = aligned.blocks(page) or _lines(page, page.page_number)
        source.aligned |= any(isinstance(block, Row) for _, block in found)
        blocks += [*(block for _, block in found), Gap(Place(page=page.page_number))]
        page.close()
    if source.aligned:
        source.blocks = blocks


def _page(page: Any) -> list[Block]:
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda thing: not _inside(thing, boxes)) if boxes else page
    placed: list[tuple[float, Block]] = []
    placed += _lines(rest, page.page_number)
    for table in tables:
        placed += _rows(table, page.page_number)
    placed.sort(key=lambda item: item[0])
    return [block for _, block in placed] + [Gap(Place(page=page.page_number))]


def _is_table(table: Any) -> bool:
    # A ruled column of text lines is a list of contents in a frame, not a table.
    return max(sum(cell is not None for cell in row.cells) for row in table.rows) > 1


def _inside(thing: dict[str, Any], boxes: list[Any]) -> bool:
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def plain(text: str) -> str:
    """Without line ends and without the nought characters of faulty fonts, which no database stores as text."""
    return text.replace("\n", "").replace("\0", "").strip()


def _lines(page: Any, number: int) -> list[tuple[float, Block]]:
    found: list[tuple[float, Block]] = []
    for line in page.extract_text_lines(return_chars=False, strip=True):
        box = (line["x0"], line["top"], line["x1"], line["bottom"])
        text = plain(str(line["text"]))
        if text:
            found.append((line["top"], Line(text, Place(page=number, box=box))))
    return found


def _rows(table: Any, number: int) -> list[tuple[float, Block]]:
    found: list[tuple[float, Block]] = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        pieces = tuple(
            Piece(plain(text or ""), Place(page=number, box=box))
            for text, box in zip(texts, row.cells, strict=True)
        )
        if any(piece.text for piece in pieces):
            found.append((row.bbox[1], Row(pieces, Place(page=number, box=row.bbox))))
    return found

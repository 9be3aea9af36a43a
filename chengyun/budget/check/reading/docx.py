"""Word documents: paragraphs and tables in the order of the body, merged cells laid out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row, Source, Unreadable


def read(path: Path) -> Source:
    """Paragraphs as whole lines, tables row by row; the place is paragraph or table, row and column."""
    try:
        body = Document(str(path)).element.body
    except Exception as error:  # the library raises what it meets: KeyError, ValueError, XML errors
        raise Unreadable(f"{path.name}: the Word file is damaged (文件损坏): {error}") from error
    return Source("docx", path.name, list(_blocks(body)))


def _blocks(body: object) -> Iterator[Block]:
    paragraphs = tables = 0
    for element in body.iterchildren():  # type: ignore[attr-defined]
        if element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content)
        elif element.tag == qn("w:p"):
            paragraphs += 1
            for part in _text(element).split("\n"):
                place = Place(cell=f"¶{paragraphs}")
                yield Line(part.strip(), place, whole=True) if part.strip() else Gap(place)
        elif element.tag == qn("w:tbl"):
            tables += 1
            yield from _rows(element, tables)


def _text(element: object) -> str:
    parts = []
    for node in element.iter():  # type: ignore[attr-defined]
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif node.tag == qn("w:tab"):
            parts.append(" ")
    return "".join(parts)


def _number(element: object, tag: str, default: int) -> int:
    found = element.find(f".//{qn(tag)}")  # type: ignore[attr-defined]
    return default if found is None else int(found.get(qn("w:val")) or default)


def _rows(table: object, number: int) -> Iterator[Row]:
    for index, row in enumerate(table.findall(qn("w:tr")), start=1):  # type: ignore[attr-defined]
        properties = row.find(qn("w:trPr"))
        width = 0 if properties is None else _number(properties, "w:gridBefore", 0)
        cells = [Piece("", Place()) for _ in range(width)]
        for cell in row.iter(qn("w:tc")):
            place = Place(cell=f"table {number} row {index} cell {len(cells) + 1}")
            cells.append(Piece(_cell_text(cell), place))
            cells += [Piece("", place)] * (_number(cell, "w:gridSpan", 1) - 1)
        yield Row(tuple(cells), Place(cell=f"table {number} row {index}"))


def _cell_text(cell: object) -> str:
    merge = cell.find(f"./{qn('w:tcPr')}/{qn('w:vMerge')}")  # type: ignore[attr-defined]
    if merge is not None and merge.get(qn("w:val")) != "restart":
        return ""  # continues the cell above, whose text stands there
    return "".join(_text(part).replace("\n", "") for part in cell.iter(qn("w:p"))).strip()  # type: ignore[attr-defined]

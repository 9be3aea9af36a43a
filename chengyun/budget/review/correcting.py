"""A copy of a document with chosen proposals applied: the same format where it can be written, else text with TABs.

Every change is made where the reading found the cell, and only if the cell still says what was read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chengyun.budget.check.amounts import read_amount

Change = dict[str, Any]
_ENCODINGS = ("utf-8-sig", "gb18030")


class CannotCorrect(Exception):
    """A change cannot be written where it belongs."""


def chosen(report: dict[str, Any], keys: Sequence[str]) -> list[Change]:
    """The changes that the proposals of these findings ask for."""
    changes: list[Change] = []
    for finding in report["findings"]:
        if finding["key"] in keys and finding["repair"]:
            changes += [one for one in finding["repair"].get("changes", []) if one.get("at")]
    return changes


def corrected(path: Path, report: dict[str, Any], changes: list[Change]) -> tuple[bytes, str]:
    """The bytes of the copy and its suffix. Raises ``CannotCorrect``."""
    writers = {"txt": _text, "docx": _word, "xlsx": _workbook}
    writer = writers.get(report["kind"])
    if writer is None:
        return _as_text(report, changes), ".txt"
    return writer(path, changes), f".{report['kind']}"


def _same(change: Change, there: str) -> None:
    if there.strip() != change["from"].strip():
        raise CannotCorrect(f"{change['row']} {change['column']}: {there} ≠ {change['from']}")


def _text(path: Path, changes: list[Change]) -> bytes:
    data = path.read_bytes()
    text, encoding = _decoded(data)
    lines = text.splitlines(keepends=True)
    for change in changes:
        at = change["at"]
        parts = lines[at["line"] - 1].split("\t")
        column = int(at["cell"] or 1) - 1
        _same(change, parts[column])
        parts[column] = parts[column].replace(change["from"], change["to"])
        lines[at["line"] - 1] = "\t".join(parts)
    return "".join(lines).encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        marked = data.startswith(b"\xef\xbb\xbf")
        return text, "utf-8" if encoding == "utf-8-sig" and not marked else encoding
    raise CannotCorrect("encoding")


def _workbook(path: Path, changes: list[Change]) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for change in changes:
        sheet, _, name = change["at"]["cell"].rpartition("!")
        cell = book[sheet][name]
        amount = read_amount(change["to"]).value
        if isinstance(cell.value, str) and not cell.value.startswith("="):
            _same(change, cell.value)
            cell.value = change["to"]
        else:
            cell.value = change["to"] if amount is None else float(amount)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _word(path: Path, changes: list[Change]) -> bytes:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(str(path))
    tables = list(_tables(document.element.body))
    for change in changes:
        match = re.fullmatch(r"table (\d+) row (\d+) cell (\d+)", change["at"]["cell"])
        if match is None:
            raise CannotCorrect(str(change["at"]["cell"]))
        number, row, column = (int(part) for part in match.groups())
        cell = _grid_cell(tables[number - 1].findall(qn("w:tr"))[row - 1], column)
        texts = [node for node in cell.iter(qn("w:t")) if node.text]
        _same(change, "".join(node.text for node in texts))
        texts[0].text = change["to"]
        for node in texts[1:]:
            node.text = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _tables(body: Any) -> Iterator[Any]:
    """The tables of the body in the order in which the reader counts them."""
    from docx.oxml.ns import qn

    for element in body.iterchildren():
        if element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _tables(content)
        elif element.tag == qn("w:tbl"):
            yield element


def _grid_cell(row: Any, column: int) -> Any:
    """The cell that begins at a column of the grid, merged cells counted with their width."""
    from docx.oxml.ns import qn

    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    at = 1 if before is None else 1 + int(before.get(qn("w:val")) or 0)
    for cell in row.iter(qn("w:tc")):
        if at == column:
            return cell
        span = cell.find(f".//{qn('w:gridSpan')}")
        at += 1 if span is None else int(span.get(qn("w:val")) or 1)
    raise CannotCorrect(f"column {column}")


def _as_text(report: dict[str, Any], changes: list[Change]) -> bytes:
    """The document as it was read, with TABs between cells: a PDF cannot be written into."""
    new = {change["at"]["mark"]: change for change in changes}
    lines: list[str] = []
    for part in report["parts"]:
        if part["kind"] == "page":
            lines.append("")
        elif part["kind"] == "text":
            lines += [text for text, _ in part["lines"]]
        else:
            for row in part["rows"]:
                lines.append("\t".join(_cell(text, name, new) for text, name in row))
            lines.append("")
    return ("\n".join(lines) + "\n").encode()


def _cell(text: str, name: str, new: dict[str, Change]) -> str:
    change = new.get(name)
    if change is None:
        return text
    _same(change, text)
    return str(change["to"])

"""Text with TAB-separated tables."""

from __future__ import annotations

from pathlib import Path

from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row, Source, Unreadable


def read(path: Path) -> Source:
    """Every line with its number: a line with TABs is a row, a blank line a gap."""
    text = _decoded(path)
    blocks: list[Block] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        place = Place(line=number)
        if not raw.strip():
            blocks.append(Gap(place))
        elif "\t" in raw:
            pieces = (
                Piece(part.strip(), Place(line=number, cell=str(column)))
                for column, part in enumerate(raw.split("\t"), start=1)
            )
            blocks.append(Row(tuple(pieces), place))
        else:
            blocks.append(Line(raw.strip(), place))
    return Source("txt", path.name, blocks)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        f"{path.name}: neither text in UTF-8 or GB18030, nor DOCX, XLSX or PDF (无法识别的文件格式)."
    )

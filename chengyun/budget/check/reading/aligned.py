"""Tables of a PDF page without ruling lines: columns are told by what stands below each other.

Only a page with several lines of amounts side by side is read so; whether the reading is to be believed
is decided afterwards by the sums (``open.understand``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from chengyun.budget.check.captions import table_number
from chengyun.budget.check.columns import CODE_CELL
from chengyun.budget.check.prose import clean
from chengyun.budget.check.source import Block, Line, Piece, Place, Row

_MONEY = re.compile(r"[-(（]?\d[\d,，]*([.．]\d+)?[)）]?")
_LEAST = 3  # lines of amounts side by side that make a table
_LONG = 4  # amounts in a line that make one by itself


@dataclass(slots=True)
class Segment:
    """Characters of a line that stand together; points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def money(self) -> bool:
        """An amount, not a code."""
        return _money(self.text)


def _money(text: str) -> bool:
    return bool(_MONEY.fullmatch(text)) and bool(re.search(r"[.,，]|\d{5}", text))


def blocks(page: Any) -> list[tuple[float, Block]] | None:
    """The page's lines and rows with their heights, or None where no table shows."""
    lines = _lines(page)
    regions = _regions(lines, [index for index, line in enumerate(lines) if _is_data(line)])
    if not regions:
        return None
    found: list[tuple[float, Block]] = []
    for start, end in regions:
        columns = _columns(lines[start : end + 1])
        for line in lines[start : end + 1]:
            found.append((line[0].top, _row(line, columns, page.page_number)))
    inside = {index for start, end in regions for index in range(start, end + 1)}
    for index, line in enumerate(lines):
        if index not in inside:
            found.append((line[0].top, _text(line, page.page_number)))
    return sorted(found, key=lambda item: item[0])


def _lines(page: Any) -> list[list[Segment]]:
    """Lines from top to bottom, each cut where a gap is wider than a character."""
    words = page.extract_words(x_tolerance=1.5, y_tolerance=3)
    for word in words:
        word["text"] = word["text"].replace("\0", "")
    words.sort(key=lambda word: (word["top"] + word["bottom"], word["x0"]))
    lines: list[list[dict[str, Any]]] = []
    for word in words:
        middle = (word["top"] + word["bottom"]) / 2
        if lines and lines[-1][-1]["top"] <= middle <= lines[-1][-1]["bottom"]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_segments(sorted(line, key=lambda word: float(word["x0"]))) for line in lines]


def _segments(words: list[dict[str, Any]]) -> list[Segment]:
    found: list[Segment] = []
    for word in words:
        gap = word["x0"] - found[-1].x1 if found else 0.0
        # Amounts stand close together in full tables: they are never joined to anything.
        apart = found and (found[-1].money or _money(str(word["text"])))
        if found and not apart and gap < 0.8 * (word["bottom"] - word["top"]):
            last = found[-1]
            last.text, last.x1 = last.text + str(word["text"]), word["x1"]
            last.top, last.bottom = min(last.top, word["top"]), max(last.bottom, word["bottom"])
        else:
            found.append(Segment(str(word["text"]), word["x0"], word["x1"], word["top"], word["bottom"]))
    return found


def _is_data(line: list[Segment]) -> bool:
    sentence = any(re.search(r"[，。；：]", segment.text) for segment in line if not segment.money)
    return len(line) > 1 and not sentence and any(segment.money for segment in line)


def _regions(lines: list[list[Segment]], data: list[int]) -> list[tuple[int, int]]:
    """From the heading above the first line of amounts to the last one before other text."""
    found: list[tuple[int, int]] = []
    for index in data:
        if found and all(_may_be_inside(line) for line in lines[found[-1][1] + 1 : index]):
            found[-1] = (found[-1][0], index)
            continue
        start = index
        while start and _may_be_inside(lines[start - 1]):
            start -= 1
        found.append((start, index))
    return [one for one in found if _is_table(lines[one[0] : one[1] + 1])]


def _is_table(lines: list[list[Segment]]) -> bool:
    """Several lines of amounts side by side, or one long one as in the table of the three public costs."""
    rows = [line for line in lines if _is_data(line)]
    return len(rows) >= _LEAST or any(sum(one.money for one in line) >= _LONG for line in rows)


def _may_be_inside(line: list[Segment]) -> bool:
    """A line of a heading, of blanks or of a wrapped name; no title, unit line or sentence."""
    text = clean("".join(segment.text for segment in line))
    if (len(line) == 1 and table_number(text) is not None) or re.search(
        r"单位[:：]|[。；]|(部门|单位)[:：]|^-?\d{1,3}-?$", text
    ):
        return False
    return len(line) > 1 or len(text) <= 24


def _columns(lines: list[list[Segment]]) -> list[tuple[float, float]]:
    """The intervals in which segments stand; a heading over nothing makes a column of its own."""
    rows = [line for line in lines if _is_data(line) or CODE_CELL.fullmatch(line[0].text)]
    spans = sorted((segment.x0, segment.x1) for line in rows for segment in line)
    found: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    first = next((at for at, line in enumerate(lines) if _is_data(line)), 0)
    # The fullest line of the heading names columns; the words above it stand over groups.
    fullest = max(lines[:first], key=len, default=[])
    bare = [span for span in found if not any(_over(one, span) for one in fullest)]
    for segment in [*fullest, *(segment for line in reversed(lines[:first]) for segment in line)]:
        if any(_over(segment, span) for span in found):
            continue
        # Set flush left over amounts set flush right: the column next to it that has no other heading is its own.
        right = next((span for span in found if span[0] >= segment.x1), None)
        left = next((span for span in reversed(found) if span[1] <= segment.x0), None)
        own = next((span for span in (right, left) if span in bare), None)
        if own is not None:
            bare.remove(own)
            found.remove(own)
        span = own or (segment.x0, segment.x1)
        found = sorted([*found, (min(span[0], segment.x0), max(span[1], segment.x1))])
    return found


def _over(segment: Segment, span: tuple[float, float]) -> bool:
    return segment.x0 < span[1] and span[0] < segment.x1


def _row(line: list[Segment], columns: list[tuple[float, float]], page: int) -> Row:
    texts = [""] * len(columns)
    boxes: list[Any] = [None] * len(columns)
    for segment in line:
        at = _column_of(segment, columns)
        texts[at] += segment.text
        boxes[at] = boxes[at] or (segment.x0, segment.top, segment.x1, segment.bottom)
    pieces = tuple(Piece(text, Place(page=page, box=box)) for text, box in zip(texts, boxes, strict=True))
    return Row(pieces, Place(page=page, box=_box(line)))


def _column_of(segment: Segment, columns: list[tuple[float, float]]) -> int:
    """The first column that a segment stands over, else the nearest."""
    over = [at for at, span in enumerate(columns) if _over(segment, span)]
    if over:
        return over[0]
    middle = (segment.x0 + segment.x1) / 2
    return min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))


def _text(line: list[Segment], page: int) -> Line:
    return Line(" ".join(segment.text for segment in line), Place(page=page, box=_box(line)))


def _box(line: list[Segment]) -> tuple[float, float, float, float]:
    return (
        line[0].x0,
        min(segment.top for segment in line),
        line[-1].x1,
        max(segment.bottom for segment in line),
    )

"""Tables without rulings: columns found from where amounts end and texts begin."""

from __future__ import annotations

import re
from typing import Any

from chengyun.budget.check.source import Block, Piece, Place, Row

_AMOUNT = re.compile(r"-?[\d,，]+(\.\d+)?")
_NEAR = 14.0  # points: amounts of one column end within this distance


def columns_from_gaps(page: Any, lines: list[tuple[float, Block]], number: int) -> list[tuple[float, Block]]:
    """Lines of a page, those of a table turned into rows; a page without such a table stays as it is."""
    words = page.extract_words(x_tolerance=4)
    rows = _by_line(words)
    dense = [row for row in rows if sum(_is_money(word) for word in row) >= 2]
    if len(dense) < 3:
        return lines
    top, bottom = dense[0][0]["top"], dense[-1][0]["bottom"]
    edges = _edges([word["x1"] for row in dense for word in row if _is_money(word)])
    starts = _starts(dense, edges)
    placed = [item for item in lines if not top - 60 <= item[0] <= bottom]
    for row in rows:
        if len(row) == 1 and row[0]["top"] < top:
            placed += [item for item in lines if abs(item[0] - row[0]["top"]) < 3]
        elif top - 60 <= row[0]["top"] <= bottom:
            placed.append((row[0]["top"], _row(row, starts, edges, number)))
    return placed


def _is_money(word: dict[str, Any]) -> bool:
    return bool(_AMOUNT.fullmatch(word["text"])) and (len(word["text"]) > 3 or "." in word["text"])


def _by_line(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"]), word["x0"])):
        if rows and abs(rows[-1][0]["top"] - word["top"]) < 4:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def _edges(ends: list[float]) -> list[float]:
    edges: list[float] = []
    for end in sorted(ends):
        if edges and end - edges[-1] < _NEAR:
            edges[-1] = max(edges[-1], end)
        else:
            edges.append(end)
    return edges


def _starts(rows: list[list[dict[str, Any]]], edges: list[float]) -> list[float]:
    starts: list[float] = []
    for start in sorted(word["x0"] for row in rows for word in row if not _is_money(word)):
        if not starts or start - starts[-1] > _NEAR:
            starts.append(start)
    return [start for start in starts if not any(abs(start - edge) < 2 for edge in edges)]


def _row(row: list[dict[str, Any]], starts: list[float], edges: list[float], number: int) -> Row:
    columns = sorted([(start, "start") for start in starts] + [(edge, "edge") for edge in edges])
    cells = [""] * len(columns)
    for word in row:
        kind = "edge" if _is_money(word) or word["text"] in "0-—" else "start"
        at = word["x1"] if kind == "edge" else word["x0"]
        choices = [index for index, column in enumerate(columns) if column[1] == kind]
        if kind == "start":  # a heading stands over an amount's column: the nearest of all
            choices = list(range(len(columns)))
            at = word["x0"] if any(abs(word["x0"] - start) < _NEAR for start in starts) else word["x1"]
        nearest = min(choices, key=lambda index: abs(columns[index][0] - at))
        cells[nearest] += word["text"]
    box = (row[0]["x0"], row[0]["top"], row[-1]["x1"], row[0]["bottom"])
    place = Place(page=number, box=box)
    return Row(tuple(Piece(text, place) for text in cells), place)

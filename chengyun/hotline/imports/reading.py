"""Rows of a CSV or XLSX file, one at a time, with the line they stand on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from chengyun.kernel.errors import Refused

csv.field_size_limit(10_000_000)


@dataclass(slots=True)
class SourceRow:
    """One row. ``problem`` is set where the row itself cannot be read; ``values`` are then what there was."""

    line: int
    values: dict[str, Any]
    problem: str = ""


def rows_of(path: Path, encoding: str, wanted: set[str], moved: Callable[[int], None]) -> Iterator[SourceRow]:
    """Yield the rows of a file. ``moved`` is told how many bytes (CSV) or rows (XLSX) were passed.

    Raises ``Refused`` if the file cannot be opened or lacks a column that the mapping wants.
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _xlsx(path, wanted, moved)
    else:
        yield from _csv(path, encoding, wanted, moved)


def length_of(path: Path) -> int:
    """What ``moved`` will add up to."""
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return max(_sheet(path).max_row or 1, 1)
    return max(path.stat().st_size, 1)


def _csv(path: Path, encoding: str, wanted: set[str], moved: Callable[[int], None]) -> Iterator[SourceRow]:
    with path.open(encoding=_encoding_of(path, encoding), newline="") as file:
        reader = csv.reader(_counted(file, moved))
        header = _header(next(reader, []), wanted, path)
        for cells in _cells(reader):
            line = reader.line_num
            if isinstance(cells, str):
                yield SourceRow(line, {}, cells)
            elif cells and any(cell.strip() for cell in cells):
                problem = ""
                if len(cells) != len(header):
                    counts = {"cells": len(cells), "columns": len(header)}
                    problem = _("本行有 %(cells)d 列，表头有 %(columns)d 列") % counts
                yield SourceRow(line, dict(zip(header, cells, strict=False)), problem)


def _cells(reader: Any) -> Iterator[list[str] | str]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _("CSV 格式错误：%(error)s") % {"error": error}


def _counted(file: TextIO, moved: Callable[[int], None]) -> Iterator[str]:
    for text in file:
        moved(len(text.encode("utf-8", "replace")))
        yield text


def _encoding_of(path: Path, encoding: str) -> str:
    """The encoding named, or the first that fits: UTF-8, else GB 18030. The whole file is tried beforehand."""
    candidates = ("utf-8-sig", "gb18030") if encoding == "auto" else (encoding,)
    for candidate in candidates:
        try:
            with path.open(encoding=candidate) as file:
                while file.read(1 << 20):
                    pass
        except LookupError:
            text = _("映射文件里的 encoding “%(encoding)s”不认识；常用的是 auto、utf-8、gb18030")
            raise Refused(text % {"encoding": encoding}) from None
        except UnicodeError:
            continue
        return candidate
    if encoding == "auto":
        text = _("%(file)s 既不是 UTF-8 也不是 GB 18030 编码；请另存为 UTF-8 的 CSV 或 XLSX")
    else:
        text = _("%(file)s 不是 %(encoding)s 编码；请在映射文件里写明 encoding")
    raise Refused(text % {"file": path.name, "encoding": encoding})


def _sheet(path: Path) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as error:  # a damaged archive fails in many ways
        text = _("%(file)s 打不开，可能不是 XLSX 文件或已损坏：%(error)s")
        raise Refused(text % {"file": path.name, "error": error}) from None


def _xlsx(path: Path, wanted: set[str], moved: Callable[[int], None]) -> Iterator[SourceRow]:
    rows = _whole(_sheet(path).iter_rows(values_only=True), path)
    header = _header([str(cell or "") for cell in next(rows, ())], wanted, path)
    for line, cells in enumerate(rows, start=2):
        moved(1)
        if any(cell not in (None, "") for cell in cells):
            yield SourceRow(line, dict(zip(header, cells, strict=False)))


def _whole(rows: Iterator[Any], path: Path) -> Iterator[Any]:
    try:
        yield from rows
    except Exception as error:  # as above; the sheet itself is read only now
        text = _("%(file)s 读到一半读不下去，文件可能已损坏：%(error)s")
        raise Refused(text % {"file": path.name, "error": error}) from None


def _header(cells: list[str], wanted: set[str], path: Path) -> list[str]:
    header = [cell.strip() for cell in cells]
    missing = sorted(wanted - set(header))
    if missing:
        comma = _("、")
        said = {
            "file": path.name,
            "missing": comma.join(missing),
            "header": comma.join(header) or _("（空表头）"),
        }
        raise Refused(_("%(file)s 缺少列 %(missing)s；文件里有 %(header)s") % said)
    return header

"""From blocks to the nine tables: titles, headings, rows, repeated headings after a page's end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from chengyun.budget.check.amounts import folded, read_amount
from chengyun.budget.check.captions import is_contents_line, stripped, table_number
from chengyun.budget.check.columns import TOTAL_NAME, amount_like, is_code, is_data, is_name
from chengyun.budget.check.document import Form, Table
from chengyun.budget.check.prose import clean
from chengyun.budget.check.rows import add_rows
from chengyun.budget.check.source import Block, Gap, Line, Piece, Place, Row

_UNIT = re.compile(r"(?:金额)?单位[:：](亿元|万元|千元|百元|元|人民币元)")
_NOTE = re.compile(r"^(备?注|说明)\d?[:：]|本表无数据|本表为空|故本表|无此项|空表")
_FURNITURE = re.compile(
    r"[-—–]*\d{1,3}[-—–]*|第\d+页(，?共\d+页)?|编制(部门|单位)[:：].*|预算(主管部门|单位)[:：].*"
)
_OTHER_TABLE = re.compile(r"^(?=.{5,40}$).*表([（(][^）)]*[）)])?$")
_FORM = re.compile(r"绩效.{0,6}(目标|申报|填报|自评).{0,8}表|目标(申报|填报)表")


@dataclass(slots=True)
class Assembly:
    """What has been put together so far."""

    tables: dict[int, Table] = field(default_factory=dict)
    contents: list[tuple[str, Place]] = field(default_factory=list)
    runs: list[list[Line]] = field(default_factory=lambda: [[]])
    forms: list[Form] = field(default_factory=list)
    titled: tuple[int, str, Place] | None = None
    since: int = 99
    open: Table | None = None
    raw: dict[int, list[Row]] = field(default_factory=dict)
    cuts: dict[int, list[int]] = field(default_factory=dict)  # where a repeated title stood among the rows
    gap: Place | None = None
    unit: tuple[str, Place] | None = None
    form: Form | None = None
    in_contents: bool = False
    left: Table | None = None  # the table that a line of text ended, unless it was a page's running head
    lines_since: int = 0


def assemble(blocks: list[Block]) -> Assembly:
    """Go through the blocks once; then read the rows of every table found."""
    work = Assembly()
    for block in blocks:
        if isinstance(block, Gap):
            work.gap = block.place
        elif isinstance(block, Line):
            _line(work, block)
        else:
            _row(work, block)
    for number, table in work.tables.items():
        add_rows(table, _first_of(table, work.raw[number], work.cuts.get(number, [])))
    return work


def _first_of(table: Table, rows: list[Row], cuts: list[int]) -> list[Row]:
    """The rows of the first table of a name: a document may go on with the tables of its units.

    Parts with one total between them are one table over several pages; a second total begins another table.
    """
    parts = [rows[start:end] for start, end in pairwise([0, *cuts, len(rows)])]
    complete = 0
    for index, part in enumerate(parts):
        totals = sum(bool(row.filled) and _closes(table, row) for row in part)
        if totals and complete:
            table.others = sum(
                any(row.filled and _closes(table, row) for row in one) for one in parts[index:]
            )
            return [row for one in parts[:index] for row in one]
        complete += bool(totals)
    return rows


def _closes(table: Table, row: Row) -> bool:
    """A row of totals with an amount: 收入总计, 合计; in table 9 any row of amounts."""
    amounts = any(re.search(r"\d", piece.text) for piece in row.filled)
    if table.number == 9:
        return amounts and is_data(row, 9)
    words = (folded(piece.text) for piece in row.filled if not re.search(r"\d", piece.text))
    # Tables 1 and 4 have several totals; only 总计 is the last of them.
    wanted = re.compile(r"(收入|支出)?总计") if table.number in (1, 4) else TOTAL_NAME
    return amounts and any(wanted.fullmatch(text) for text in words)


def _line(work: Assembly, line: Line) -> None:
    text = clean(line.text)
    unit = _UNIT.search(text)
    if unit:
        word = unit.group(1).removeprefix("人民币")
        if work.open is not None and not work.open.unit and work.since > 90:
            work.open.unit, work.open.unit_place = word, line.place
        work.unit = (word, line.place)
    number = table_number(line.text)
    if re.fullmatch(r"目录", text):
        work.in_contents = True
    if number is not None:
        _title(work, number, line)
        return
    work.since += 1
    if unit and len(text) < 60:
        return
    if work.open is not None and _NOTE.search(text):
        work.open.notes.append((text, line.place))
        return
    if work.open is not None and _spaced_total(work, line):
        return
    if work.titled is not None and _NOTE.search(text) and work.since < 8:
        _open(work)
        assert work.open is not None
        work.open.notes.append((text, line.place))
        return
    _running_text(work, line, text)


def _running_text(work: Assembly, line: Line, text: str) -> None:
    if work.in_contents and (
        is_contents_line(line.text) or re.match(r"^[-\s]*([一二三四五六七八九]、|\d)", line.text)
    ):
        work.contents.append((stripped_entry(line.text), line.place))
        return
    if work.contents and work.in_contents:
        work.in_contents = False
    if _FORM.search(text) and len(text) < 40 and "详见" not in text:
        work.form = Form(text, line.place)
        work.forms.append(work.form)
    if work.open is not None and ((len(text) < 4 and not line.whole) or _page_furniture(text)):
        return
    if work.open is not None and (is_name(text) or is_code(text)):
        work.open.strays.append((text, line.place))
        return
    if work.open is not None:
        work.left, work.lines_since = work.open, 0
    work.open, work.gap = None, None
    work.lines_since += 1
    if _OTHER_TABLE.search(text):
        work.left = None  # the title of a table that is none of the nine
    if not _page_furniture(text):
        work.runs[-1].append(line)


def stripped_entry(text: str) -> str:
    """An entry of the list of contents without its dots."""
    return re.sub(r"^[-•]", "", re.sub(r"(…+|\.{3,}|·{3,})[-\d]*$", "", clean(text)))


def _page_furniture(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(text))


def _title(work: Assembly, number: int, line: Line) -> None:
    if work.in_contents and number not in {table_number(entry) for entry, _ in work.contents}:
        work.contents.append((stripped_entry(line.text), line.place))
        work.titled, work.since = (number, stripped(line.text), line.place), 0
        return
    work.in_contents = False
    if work.open is not None and work.open.number == number:
        return  # the title again at the head of the next page
    work.open, work.form, work.left = None, None, None
    if work.runs[-1]:
        work.runs.append([])
    work.titled, work.since = (number, stripped(line.text), line.place), 0
    inside = _UNIT.search(clean(line.text))
    work.unit = (inside.group(1), line.place) if inside else None


def _row(work: Assembly, row: Row) -> None:
    filled = row.filled
    if not filled:
        return
    text = clean(filled[0].text)
    if len(filled) == 1 and table_number(filled[0].text) is not None and not amount_like(text):
        _title(work, table_number(filled[0].text) or 0, Line(filled[0].text, filled[0].place))
        return
    if any(_UNIT.search(clean(piece.text)) for piece in filled) and len(filled) <= 3:
        joined = Line("".join(piece.text for piece in filled), row.place)
        _line(work, joined)
        return
    if len(filled) == 1 and (
        _FORM.search(text) or _OTHER_TABLE.search(text) or (work.open is not None and _NOTE.search(text))
    ):
        _line(work, Line(filled[0].text, filled[0].place))
        return
    if len(filled) == 1 and _alone(work, text):
        _line(work, Line(filled[0].text, filled[0].place, whole=True))
        return
    if work.titled is not None and work.since < 10 and not _foreign(work.titled[0], row):
        _open(work)
    if work.open is None and _goes_on(work, row):
        work.open = work.left
    if work.open is not None:
        _take(work, row)
    elif work.form is not None:
        work.form.rows.append(row)
    work.gap = None


def _goes_on(work: Assembly, row: Row) -> bool:
    """A row of the table that a running head or a footer of the page interrupted."""
    if work.left is None or work.form is not None or work.lines_since > 3:
        return False
    rows = work.raw[work.left.number]
    heading = [[clean(piece.text) for piece in one.filled] for one in rows[:5]]
    words = [clean(piece.text) for piece in row.filled]
    same_width = bool(rows) and len(row.cells) == len(rows[0].cells)
    return words in heading or (same_width and work.left.number != 9 and is_data(row, work.left.number))


def _alone(work: Assembly, text: str) -> bool:
    """One filled cell that is no part of a table: running text in a workbook, a line of the page."""
    if _FURNITURE.fullmatch(text) or text.endswith("。"):
        return True
    waiting = work.titled is not None and work.since < 10
    return work.open is None and work.form is None and not waiting


def _foreign(number: int, row: Row) -> bool:
    """A row of a performance form under a stale title."""
    return any(clean(piece.text) in ("项目名称", "一级指标", "主管部门") for piece in row.filled)


def _open(work: Assembly) -> None:
    assert work.titled is not None
    number, title, place = work.titled
    work.titled, work.in_contents = None, False
    if number in work.tables:
        work.tables[number].repeated += 1
        work.cuts.setdefault(number, []).append(len(work.raw[number]))
        work.open = work.tables[number]
    else:
        work.open = work.tables[number] = Table(number, title, place)
        work.raw[number] = []
    if work.unit and not work.open.unit:
        work.open.unit, work.open.unit_place = work.unit
    work.since, work.gap = 99, None


def _take(work: Assembly, row: Row) -> None:
    assert work.open is not None
    rows = work.raw[work.open.number]
    if work.gap is not None and rows and is_data(rows[-1], work.open.number):
        work.open.breaks.append(row.place)
    rows.append(row)


def _spaced_total(work: Assembly, line: Line) -> bool:
    """A total that a page's end tore from its table: ``合计 156,211,123 156,211,123 0``."""
    assert work.open is not None
    first, *rest = line.text.split()
    if not TOTAL_NAME.fullmatch(folded(first)) or not rest:
        return False
    if any(read_amount(part).value is None and read_amount(part).naive is None for part in rest):
        return False
    pieces = tuple(Piece(part, line.place) for part in [first, *rest])
    _take(work, Row(pieces, line.place))
    return True

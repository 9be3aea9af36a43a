"""The rows of one table: codes put together, names, amounts with their columns."""

from __future__ import annotations

import re

from chengyun.budget.check import columns as heading
from chengyun.budget.check.amounts import folded, read_amount
from chengyun.budget.check.document import Cell, Column, Item, Table
from chengyun.budget.check.source import Piece, Place, Row

_NINE = (
    ("机关运行经费", r"机关运行经费"),
    ("因公出国（境）费", r"出国"),
    ("公务接待费", r"接待"),
    ("小计", r"小计|购置[及和]"),
    ("购置费", r"购置费?"),
    ("运行费", r"运行(维护)?费"),
    ("合计", r"合计|总计|三公"),
)


_CODED_NAME = re.compile(
    r"^[\[(【]?(\d{3}(?:\d{2}){0,2})[\])】]?[-—:.、]?([一-鿿].*)$"
)  # 201一般公共服务支出


def add_rows(table: Table, rows: list[Row]) -> None:
    """Read the rows into ``table``: heading rows first, headings repeated after a page's end left out."""
    start = next((index for index, row in enumerate(rows) if heading.is_data(row, table.number)), len(rows))
    table.headers = rows[:start]
    # A stray word where a row should be (a heading that slipped) is kept apart, so that columns stay true.
    slipped = [row for row in table.headers[1:] if _slipped(row, table.headers[0])]
    table.strays += [(folded(row.filled[0].text), row.place) for row in slipped]
    table.headers = [row for row in table.headers if row not in slipped]
    width = max((len(row.cells) for row in rows), default=0)
    seen = {_words(row) for row in table.headers}
    data = [row for row in rows[start:] if _words(row) not in seen]
    if table.number in (1, 4):
        _pairs(table, data, heading.labels(table.headers, width))
    elif table.number == 9:
        _three_public(table, data, width)
    else:
        _coded(table, data, heading.labels(table.headers, width))


def _slipped(row: Row, first: Row) -> bool:
    alone = len(row.filled) == 1 and heading.is_name(folded(row.filled[0].text))
    return alone and (len(row.cells) == 1 or bool(row.cells[0].text)) and len(first.cells) > 2


def _words(row: Row) -> tuple[str, ...]:
    return tuple(folded(piece.text) for piece in row.filled)


def _cells(table: Table, row: Row, columns: list[Column], label: str) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for column in columns:
        piece = row.cells[column.index] if column.index < len(row.cells) else Piece("", row.place)
        place = piece.place if piece.place != Place() else row.place
        key = column.key if column.key not in found else column.label + str(column.index)
        found[key] = Cell(table.number, label, column.label, read_amount(piece.text), place, table.factor)
    return found


def _coded(table: Table, data: list[Row], labels: list[str]) -> None:
    codes, name, table.columns = heading.split(labels)
    _grouped(table, max((len(row.cells) for row in data), default=len(labels)))
    units = [index for index in codes if heading.of_units(labels[index])]
    rest = [index for index in codes if index not in units]
    named = name is not None and heading.of_units(labels[name])
    table.by_units = bool(units or named) and not rest
    codes = rest or codes
    if name is None:
        name = _name_by_content(data, codes, table.columns)
    else:
        table.name_column = labels[name]
    table.has_codes = bool(codes)
    codes = [index for index in codes if name is None or index < name] or list(range(name or 0))
    above = ""
    for row in data:
        first = folded(row.filled[0].text)
        if heading.TOTAL_NAME.fullmatch(first):
            _total(table, row, first)
            continue
        written = [folded(row.cells[index].text) if index < len(row.cells) else "" for index in codes]
        code = "" if table.by_units else _code(written, above)
        title = folded(row.cells[name].text) if name is not None and name < len(row.cells) else ""
        if not code and not table.by_units and (joined := _CODED_NAME.match(title)):
            code, title = joined[1], joined[2]
        if not code and not any(heading.amount_like(piece.text) for piece in row.filled):
            if table.items and title and not table.items[-1].total:
                table.items[-1].name += title  # the rest of a name that was wrapped
            else:
                table.strays.append((first, row.place))
            continue
        above = code or above
        cells = _cells(table, row, table.columns, f"{code} {title}".strip())
        table.items.append(
            Item(title, row.place, cells, code, "".join(written), max(1, (len(code) - 1) // 2), side="")
        )
    if table.by_units:
        _nested(table)


def _grouped(table: Table, width: int) -> None:
    """Note which columns form a group, and tell columns of one name in two groups apart."""
    inside = heading.groups(table.headers, width)
    seen: set[str] = set()
    for column in table.columns:
        column.group, column.whole = inside.get(column.index, ("", False))
        if column.key in seen:
            column.key = f"{column.group or column.index}/{column.label}"
        seen.add(column.key)


def _nested(table: Table) -> None:
    """Units below a unit whose code begins theirs; without codes nothing is known of levels."""
    rows = [item for item in table.items if not item.total]
    for item in rows:
        above = {one.written_code for one in rows if one.written_code and one is not item}
        code = item.written_code
        item.level = 1 + sum(code.startswith(other) and code != other for other in above)


def _name_by_content(data: list[Row], codes: list[int], columns: list[Column]) -> int | None:
    first = min((column.index for column in columns), default=99)
    for index in range(first - 1, -1, -1):
        if any(index < len(row.cells) and re.search(r"[一-鿿]", row.cells[index].text) for row in data):
            texts = [row.cells[index].text for row in data if index < len(row.cells)]
            if not all(heading.TOTAL_NAME.fullmatch(folded(text)) for text in texts if text):
                return index
    return None


def _total(table: Table, row: Row, name: str) -> None:
    values = list(row.filled[1:])
    if len(row.cells) == len(row.filled) == len(table.columns) + 1:
        # Torn off by a page's end: the values stand side by side, one to a column.
        pairs = zip(table.columns, values, strict=True)
        cells = {
            column.key: Cell(
                table.number, name, column.label, read_amount(piece.text), piece.place, table.factor
            )
            for column, piece in pairs
        }
    else:
        cells = _cells(table, row, table.columns, name)
    table.items.append(Item(name, row.place, cells, total=True))


def _code(written: list[str], above: str) -> str:
    """类, 款, 项 as one code; parts may stand apart, joined, or repeated, and a nought may be lost."""
    code = ""
    for index, part in enumerate(written):
        digits = re.sub(r"\D", "", part)
        if not digits:
            if index == 0 and len(written) > 1 and any(written):
                code = above[:3]
            elif index == 1 and any(written[2:]):
                code = code or above[:3]
                code = above[:5] if len(code) == 3 else code
            continue
        if not code or digits.startswith(code):
            code = digits
        else:
            code += digits.zfill(2)
    return code


def _pairs(table: Table, data: list[Row], labels: list[str]) -> None:
    """Tables 1 and 4: income on the left, expenditure on the right."""
    names = [index for index, label in enumerate(labels) if heading.is_name(label)]
    if len(names) < 2:
        names = _text_columns(data)
    left, right = tuple(names[:2]) if len(names) >= 2 else (0, len(labels))
    # A third pair shows the expenditure once more by another division: it is not read.
    end = names[2] if len(names) > 2 else len(labels)
    amounts = [
        Column(heading.key_of(label), label, index)
        for index, label in enumerate(labels)
        if label and index not in (left, right) and index < end
    ]
    sides = {
        "income": (left, [column for column in amounts if left < column.index < right]),
        "expenditure": (right, [column for column in amounts if column.index > right]),
    }
    table.columns = amounts
    for row in data:
        for side, (index, columns) in sides.items():
            name = folded(row.cells[index].text) if index < len(row.cells) else ""
            if not name and not any(i.index < len(row.cells) and row.cells[i.index].text for i in columns):
                continue
            cells = _cells(table, row, columns, name)
            total = bool(heading.TOTAL_NAME.fullmatch(re.sub(r"^[一二三四五六七八九十]+、", "", name)))
            table.items.append(Item(name, row.place, cells, level=_level(name), total=total, side=side))


def _text_columns(data: list[Row]) -> list[int]:
    width = max((len(row.cells) for row in data), default=0)
    counts = [
        sum(bool(i < len(row.cells) and re.search(r"[一-鿿]{2}", row.cells[i].text)) for row in data)
        for i in range(width)
    ]
    return [index for index, count in enumerate(counts) if count > max(counts, default=0) / 3]


def _level(name: str) -> int:
    return 1 if re.match(r"[一二三四五六七八九十]+[、.．]", name) or not heading.NUMBERED.match(name) else 2


def _three_public(table: Table, data: list[Row], width: int) -> None:
    labels = heading.labels(table.headers, width)
    table.columns = [
        Column(next((key for key, word in _NINE if re.search(word, label)), label), label, index)
        for index, label in enumerate(labels)
        if label
    ]
    more = any(re.search(r"会议费|培训费", column.label) for column in table.columns)
    for column in table.columns:
        if more and column.key == "合计" and "三公" not in column.label:
            column.key = "总计"  # of the three costs and of meetings and training
    for row in data:
        cells = _cells(table, row, table.columns, "预算数")
        table.items.append(Item("预算数", row.place, cells))
    if not data:
        _three_public_upright(table)


def _this_year(headers: list[Row]) -> int | None:
    """The column of this year's amounts, where last year's stand beside them."""
    head = [folded(piece.text) for piece in headers[0].cells] if headers else []
    years = [int(year) for text in head for year in re.findall(r"(20\d\d)年", text)]
    if not any(re.search(r"上年|去年|增减", text) for text in head) and len(set(years)) < 2:
        return None
    wanted = rf"^({max(years)}年|本年)" if years else r"^(本年|预算数)"
    fits = (index for index, text in enumerate(head) if re.search(wanted, text) and "比" not in text)
    return next(fits, None)


def _three_public_upright(table: Table) -> None:
    """Table 9 standing upright: a row for each cost, the amount beside its name."""
    cells: dict[str, Cell] = {}
    at = _this_year(table.headers)
    for row in table.headers:
        filled = row.filled
        label = folded(filled[0].text) if filled else ""
        key = next((key for key, word in _NINE if re.search(word, label)), None)
        amount = next((piece for piece in filled[1:] if re.search(r"\d", piece.text)), None)
        if at is not None and at < len(row.cells):
            amount = row.cells[at]
        if key is None or key in cells or len(row.cells) < 2 or "年" in label:
            continue
        piece = amount or row.cells[1]
        if read_amount(piece.text).value is not None:
            cells[key] = Cell(9, "预算数", label, read_amount(piece.text), row.place, table.factor)
    if len(cells) >= 3:
        table.columns = [Column(key, cell.column, 1) for key, cell in cells.items()]
        table.items.append(Item("预算数", table.place, cells))

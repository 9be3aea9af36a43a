"""Tables, headings, contents: STR-9 to STR-UNITS."""

from __future__ import annotations

import re

from chengyun.budget.check import columns as c
from chengyun.budget.check.across import bare_name, classes
from chengyun.budget.check.captions import NAMES, bare, table_number
from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.document import Table
from chengyun.budget.check.findings import Book
from chengyun.budget.check.identities import FUNDS

_COLUMNS = {
    2: (c.TOTAL, c.GRANT),
    3: (c.TOTAL, c.BASIC, c.PROJECT),
    5: (c.TOTAL, c.BASIC, c.PROJECT),
    6: (c.TOTAL, c.BASIC, c.PROJECT),
    7: (c.TOTAL, c.BASIC, c.PROJECT),
    8: (c.TOTAL, c.STAFF, c.PUBLIC),
}
_NINE = ("合计", "因公出国（境）费", "公务接待费", "小计", "购置费", "运行费", "机关运行经费")
_SECTIONS = {
    "职能": "duties",
    "机构设置": "organisation",
    "名词解释": "terms",
    "编制说明": "narrative",
    "其他相关情况": "other",
    "项目经费情况": "projects",
}


def run(book: Book) -> None:
    """Look at what is there and how it is laid out."""
    for number, name in NAMES.items():
        if number in book.budget.tables:
            book.ok("STR-9")
        else:
            # The table of state capital was added to the set of eight by about 2021.
            mild = Severity.WARNING if number == 7 and 0 < book.budget.year < 2021 else None
            zh, en = f"缺表{number}：{name}", f"Table {number} is missing ({name})"
            book.fail("STR-9", zh, en, severity=mild, table=number)
    for table in book.budget.tables.values():
        if table.others:
            zh = f"表{table.number}另有{table.others}套（所属单位的表），只核对第一套"
            en = (
                f"Table {table.number}: {table.others} more of other organisations; only the first is checked"
            )
            book.defer("STR-9", zh, en, table=table.number)
        _columns(book, table)
        _span(book, table)
        _breaks(book, table)
        _empty(book, table)
        _title(book, table)
    _fixed_rows(book)
    _contents(book)
    _units(book)


def _columns(book: Book, table: Table) -> None:
    keys = {column.key for column in table.columns}
    about = {"table": table.number, "place": table.headers[0].place if table.headers else table.place}
    wanted = _NINE if table.number == 9 else _COLUMNS.get(table.number, ())
    missing = [key for key in wanted if key not in keys and not (key == c.BASIC and c.STAFF in keys)]
    if table.number == 9 and "机关运行" not in table.title:
        missing = [key for key in missing if key != "机关运行经费"]  # elsewhere a table of 三公 only
    if table.number == 9 and "总计" in keys:
        missing = [key for key in missing if key != "合计"]  # one total for meetings and training as well
    if table.number == 2 and {*FUNDS} & keys:
        missing = [key for key in missing if key != c.GRANT]  # its funds stand there one by one
    if table.number in _COLUMNS and table.has_codes and not table.name_column:
        missing.insert(0, "科目名称")
    # Without a heading at all nothing can be said of columns.
    root = None
    for key in missing if table.headers else ():
        zh, en = f"表{table.number}缺列“{key}”", f"Table {table.number} lacks the column {key}"
        root = book.fail("STR-COLS", zh, en, column=key, **about)
    for text, place in table.strays:
        zh, en = f"表{table.number}有游离的表头或文字“{text}”", f"Table {table.number}: stray heading {text}"
        mild = None if c.is_name(text) or c.is_code(text) else Severity.INFO
        stray = book.fail("STR-COLS", zh, en, severity=mild, table=table.number, row=text, place=place)
        if root is not None and c.is_name(text):  # the heading that the column lacks has slipped into a row
            root.consequences.append(stray)
            book.found.remove(stray)
    if not missing and not table.strays:
        book.ok("STR-COLS")


def _span(book: Book, table: Table) -> None:
    """A group heading belongs over the first of its amounts; in plain text it often slips to the left."""
    if table.number not in _COLUMNS or not table.headers or not table.columns:
        return
    first = min(column.index for column in table.columns)
    row = table.headers[0]
    at = next((i for i, piece in enumerate(row.cells) if i and piece.text.strip()), None)
    if (
        len(table.headers) < 2
        or at is None
        or at >= first
        or at == 0
        or c.is_name(row.cells[at].text.strip())
    ):
        book.ok("STR-SPAN")
        return
    text = row.cells[at].text
    if book.budget.source.kind != "txt" or c.is_code(text.strip()):
        return
    book.fail(
        "STR-SPAN",
        f"表{table.number}分组表头“{text}”未对齐首个金额列",
        f"Table {table.number}: group heading {text} does not stand over the first amount column",
        table=table.number,
        column=text,
        place=row.place,
    )


def _breaks(book: Book, table: Table) -> None:
    if not table.breaks:
        book.ok("STR-BREAK")
        return
    count = len(table.breaks)
    book.fail(
        "STR-BREAK",
        f"表{table.number}内有{count}处空行或断页",
        f"Table {table.number} is interrupted {count} times by a blank line or a page's end",
        table=table.number,
        place=table.breaks[0],
    )


def _empty(book: Book, table: Table) -> None:
    noted = [(text, place) for text, place in table.notes if re.search(r"空表|无数据|为空", text)]
    about = {"table": table.number}
    if table.empty and not noted:
        if table.number in (6, 7, 9):
            book.fail(
                "STR-EMPTY",
                f"表{table.number}无数据，未附空表说明",
                f"Table {table.number} is empty and has no note",
                place=table.place,
                **about,
            )
    elif not table.empty and noted:
        book.fail(
            "STR-EMPTY",
            f"表{table.number}有数据，却注明“{noted[0][0]}”",
            f"Table {table.number} has amounts, yet its note calls it empty",
            place=noted[0][1],
            **about,
        )
    else:
        book.ok("STR-EMPTY")


def _title(book: Book, table: Table) -> None:
    listed = [(text, place) for text, place in book.budget.contents if table_number(text) == table.number]
    if not listed:
        return
    mine, theirs = bare(table.title), bare(listed[0][0])
    if mine == theirs:
        book.ok("STR-TITLE")
        return
    book.fail(
        "STR-TITLE",
        f"表{table.number}标题“{table.title}”与目录“{listed[0][0]}”不一致",
        f"Table {table.number}: title {table.title}, in the list of contents {listed[0][0]}",
        table=table.number,
        place=table.place,
        left=table.title,
        right=listed[0][0],
    )


def _fixed_rows(book: Book) -> None:
    one, four = book.budget.tables.get(1), book.budget.tables.get(4)
    if one is None:
        return
    income = "".join(item.name for item in one.side("income"))
    for word, said in (("政府性基金", "政府性基金"), ("国有资本经营", "国有资本经营预算")):
        # Only a table that lists its funds must list them all.
        if re.search(r"公共(财政)?预算", income) and word not in income:
            zh = f"表1“财政拨款收入”下缺行“{said}”"
            book.fail("STR-ROWS", zh, f"Table 1 lacks the row {said}", table=1, row=said, place=one.place)
        else:
            book.ok("STR-ROWS")
    if four is None:
        return
    mine, theirs = (
        {name for name in classes(table) if re.search(r"支出$", name) and not re.search(r"^本年", name)}
        for table in (one, four)
    )
    apart = mine ^ theirs
    if len(apart) > 3:  # one of the two lists only the classes that it has money in, which is no fault
        filled = {name for table in (one, four) for name, item in classes(table).items() if item.filled}
        apart &= filled
    for name in sorted(apart) if mine and theirs else ():
        number = 4 if name in mine else 1
        zh = f"表{number}缺行“{name}”"
        book.fail("STR-ROWS", zh, f"Table {number} lacks the row {name}", table=number, row=bare_name(name))


def _contents(book: Book) -> None:
    sections = {paragraph.section for paragraph in book.budget.paragraphs}
    headings = {
        re.sub(r"^[一二三四五六七八九十]+、", "", p.text) for p in book.budget.paragraphs if len(p.text) < 40
    }
    for entry, place in book.budget.contents:
        match = re.match(r"^([一二三四五六七八九十]+、)(.+)$", entry)
        if not match:
            continue
        name = match[2]
        key = next((key for word, key in _SECTIONS.items() if word in name), None)
        shown = key in sections or any(name in heading for heading in headings)
        if shown or ("绩效" in name and book.budget.forms):
            book.ok("STR-TOC")
        elif "预算表" in name and book.budget.tables:
            zh = f"目录“{entry}”正文无该标题，仅列各表"
            book.fail(
                "STR-TOC",
                zh,
                f"{entry}: no heading in the text, only its tables",
                place=place,
                severity=Severity.INFO,
            )
        else:
            book.fail(
                "STR-TOC",
                f"目录“{entry}”正文缺失",
                f"{entry}: listed, but no heading in the text",
                place=place,
            )


def _units(book: Book) -> None:
    if book.budget.edition != "department":
        return
    text = "".join(paragraph.text for paragraph in book.budget.text("organisation"))
    if re.search(r"预算单位|下属|本部|具体包括|行政单位|事业单位\d*家?", text):
        book.ok("STR-UNITS")
        return
    book.fail("STR-UNITS", "部门预算未列示所属预算单位", "The department's budget does not list its units")

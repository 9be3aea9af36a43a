"""Headings to columns: which column holds codes, names and which amounts."""

from __future__ import annotations

import re

from chengyun.budget.check.amounts import folded
from chengyun.budget.check.document import Column
from chengyun.budget.check.source import Row

TOTAL, BASIC, PROJECT = "合计", "基本支出", "项目支出"
STAFF, PUBLIC = "人员经费", "公用经费"
GENERAL, FUND, CAPITAL = "一般公共预算", "政府性基金预算", "国有资本经营预算"
GRANT = "财政拨款收入"
# official name -> what it may be called in a heading
_ALIASES: tuple[tuple[str, str], ...] = (
    (STAFF, r"人员经费|人员支出"),
    (PUBLIC, r"(日常)?公用经费|公用支出"),
    (BASIC, r"基本支出(小计)?"),
    (PROJECT, r"项目支出(小计)?"),
    (CAPITAL, r"国有资本经营(预算)?.*"),
    (FUND, r"政府性基金(预算)?.*"),
    (GENERAL, r"一般公共预算.*"),
    (GRANT, r"财政拨款(收入|预算)?(小计)?"),
    ("事业收入", r"事业收入.*"),
    ("事业单位经营收入", r"(事业单位)?经营收入"),
    ("其他收入", r"其他收入"),
    (TOTAL, r"合计|总计|预算数|金额|预算金额|本年预算数|\d{4}年预算数|本年合计|总额|小计"),
)
_CODE = re.compile(r"类|款|项|.*(科目)?编码|编号|.*代码")
_NAME = re.compile(
    r".*(科目)?名称(\(科目\))?|科目|项目|支出功能分类科目|支出经济分类科目|预算科目|功能分类科目|经济分类科目"
    r"|(预算)?(单位|部门)"
)
# Columns beside this year's amounts: the year before, comparisons, remarks.
_ASIDE = re.compile(
    r"(上年|去年|上一年)(?!.*(结转|结余))|增减|增长|比例|占比|比重|%|比\d{4}年|比上年|执行数|决算|完成数"
    r"|备注|序号|说明"
)
_UNITS = re.compile(r"(部门|单位|机构)(\((部门|单位)\))?(代码|编码|名称)?")
CODE_CELL = re.compile(r"\d{3}(\d{2}){0,2}")
TOTAL_NAME = re.compile(r"(本年)?(收入|支出)?(总计|合计)|总合计")
NUMBERED = re.compile(
    r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．](?!\d)|其中)"
)


def amount_like(text: str) -> bool:
    """A number long enough to be money, or one with point or comma."""
    short = folded(text)
    return bool(re.fullmatch(r"-?\d[\d,.，]*", short)) and not re.fullmatch(r"\d{1,3}", short)


def is_data(row: Row, number: int) -> bool:
    """Whether a row of table ``number`` is below the heading."""
    filled = row.filled
    if not filled:
        return False
    first = folded(filled[0].text)
    if number == 9:
        return all(re.fullmatch(r"-?[\d.,，—\-]+|无|/", folded(piece.text)) for piece in filled)
    if number in (1, 4):
        return any(NUMBERED.match(folded(piece.text)) for piece in filled) or (
            any(amount_like(piece.text) for piece in filled)
        )
    if TOTAL_NAME.fullmatch(first):
        # 合计 | 基本支出 | 项目支出 is the lowest row of a heading, not a row of sums.
        return not any(re.search(r"[一-鿿]{2}", piece.text) for piece in filled[1:])
    if CODE_CELL.fullmatch(first):
        return True
    if (
        re.fullmatch(r"\d{1,2}", first)
        and len(filled) > 1
        and not re.fullmatch(r"\d", folded(filled[1].text))
    ):
        return True
    return any(
        amount_like(piece.text) and not re.fullmatch(r"(19|20)\d\d", folded(piece.text)) for piece in filled
    )


def stacks(headers: list[Row], width: int) -> list[list[str]]:
    """All words of the heading over each column, from the top: a group's name stands over each of its columns."""
    rows = [[folded(piece.text) for piece in row.cells[:width]] for row in headers]
    rows = [
        ["" if re.fullmatch(r"栏次|\d{1,2}", text) else text for text in row] + [""] * (width - len(row))
        for row in rows
    ]
    found: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        below = [any(lower[index] for lower in rows[number + 1 :]) for index in range(width)]
        group = ""
        for index, text in enumerate(row):
            if text:
                group = text if below[index] else ""
            elif not below[index]:
                group = ""
            if text or group:
                found[index].append(text or group)
    return found


def labels(headers: list[Row], width: int) -> list[str]:
    """The lowest words of the heading over each column; nothing over columns of another year or of remarks."""
    found = stacks(headers, width)
    years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)年", "".join(map("".join, found)))]
    latest = max(years, default=0)
    return ["" if _aside(stack, latest) else _lowest(stack) for stack in found]


def _lowest(stack: list[str]) -> str:
    """A 小计 is named by the group it stands under: 基本支出, 财政拨款收入, 公务用车购置及运行费."""
    words = [text for text in stack if text != "小计"]
    return words[-1] if words else "".join(stack[-1:])


def _aside(stack: list[str], latest: int) -> bool:
    text = "/".join(stack)
    if not text or is_name(stack[-1]) or is_code(stack[-1]):
        return False
    years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)年", text)]
    return bool(_ASIDE.search(text)) or (bool(years) and latest not in years)


def of_units(label: str) -> bool:
    """Whether a heading stands over codes or names of organisations, not of budget lines."""
    return bool(_UNITS.fullmatch(label))


def groups(headers: list[Row], width: int) -> dict[int, tuple[str, bool]]:
    """Columns inside a group: its name, and whether the column is the group's own sum (小计)."""
    found: dict[int, tuple[str, bool]] = {}
    for index, stack in enumerate(stacks(headers, width)):
        if len(stack) > 1 and stack[-1] == "小计":
            found[index] = ("/".join(stack[:-1]), True)
        elif len(stack) > 1:
            found[index] = ("/".join(stack[:-1]), False)
    return found


def key_of(label: str) -> str:
    """The official name of an amount column; the label itself where there is none."""
    return next((key for key, pattern in _ALIASES if re.fullmatch(pattern, label)), label)


def is_code(label: str) -> bool:
    """Whether a heading stands over codes."""
    return bool(_CODE.fullmatch(label))


def is_name(label: str) -> bool:
    """Whether a heading stands over names."""
    return bool(_NAME.fullmatch(label)) and not is_code(label)


def split(found: list[str]) -> tuple[list[int], int | None, list[Column]]:
    """Code columns, the name column, and the amount columns of a table with codes."""
    codes = [index for index, label in enumerate(found) if is_code(label)]
    names = [index for index, label in enumerate(found) if is_name(label)]
    first_amount = next(
        (i for i, label in enumerate(found) if label and not is_code(label) and not is_name(label)), 0
    )
    name = max((index for index in names if index < first_amount), default=None)
    amounts = [
        Column(key_of(label), label, index)
        for index, label in enumerate(found)
        if index >= first_amount and label and index not in codes and not is_name(label)
    ]
    return codes, name, amounts

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
_CODE = re.compile(r"类|款|项|.*(科目)?编码|编号|科目代码")
_NAME = re.compile(
    r".*(科目)?名称|科目|项目|支出功能分类科目|支出经济分类科目|预算科目|功能分类科目|经济分类科目"
)
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
    if TOTAL_NAME.fullmatch(first) or CODE_CELL.fullmatch(first):
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


def labels(headers: list[Row], width: int) -> list[str]:
    """The lowest words of the heading over each column."""
    found = [""] * width
    for row in headers:
        for index, piece in enumerate(row.cells[:width]):
            text = folded(piece.text)
            if not text or re.fullmatch(r"栏次|\d{1,2}", text):
                continue
            found[index] = _group(found, index) if text == "小计" else text
    return found


def _group(found: list[str], index: int) -> str:
    """A 小计 is named by the group it stands under: 基本支出, 财政拨款收入, 公务用车购置及运行费."""
    return next((found[at] for at in range(index, -1, -1) if found[at]), "小计")


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

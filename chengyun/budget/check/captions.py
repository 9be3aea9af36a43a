"""Which of the nine tables a title names; titles differ from district to district, the words do not."""

from __future__ import annotations

import re

from chengyun.budget.check.prose import clean

NAMES = {
    1: "财务收支预算总表",
    2: "收入预算总表",
    3: "支出预算总表",
    4: "财政拨款收支预算总表",
    5: "一般公共预算支出功能分类预算表",
    6: "政府性基金预算支出功能分类预算表",
    7: "国有资本经营预算支出功能分类预算表",
    8: "一般公共预算基本支出部门预算经济分类预算表",
    9: "“三公”经费和机关运行经费预算表",
}
# Asked in this order: the narrower title first.
_RULES: tuple[tuple[int, str, str], ...] = (
    (9, r"三公[”\"]?经费", r"情况|说明"),
    (8, r"一般公共预算.*基本支出", r"说明|政府(预算)?(支出)?经济"),
    (7, r"国有资本经营预算", r"说明|收入"),
    (6, r"政府性基金(预算)?.*支出|政府性基金预算.*表", r"说明|收入"),
    (5, r"一般公共预算(财政拨款)?(当年)?(拨款)?支出", r"说明|基本|项目支出|三公|经济分类|按经济"),
    (4, r"财政拨款(预算)?收支", r"说明"),
    (1, r"收支(预算)?(总|总体)?(情况)?(预算)?(总)?表|收支(预算)?总体情况|收支总表", r"说明|财政拨款"),
    (2, r"收入(预算)?(总|总体)(情况)?(预算)?表?", r"说明|财政拨款|收支"),
    (3, r"支出(预算)?(总|总体)(情况)?(预算)?表?", r"说明|财政拨款|收支|三公|经济分类|按经济"),
)
_NUMBER = re.compile(
    r"^[-•·\s]*(附?表[一二三四五六七八九十\d]+[:：、.]?|[一二三四五六七八九十]+、|\d{1,2}[、.．](?!\d)"
    r"|[（(][\d一二三四五六七八九十]+[）)])"
)


def table_number(text: str) -> int | None:
    """The number of the table that a line names, or None for any other line."""
    title = stripped(text)
    if not 4 <= len(title) <= 50 or re.search(r"[。；，,]", title):
        return None
    if not re.search(r"(表|预算|预算数|情况)([（(][^）)]*[）)])?$", title):
        return None
    for number, wanted, unwanted in _RULES:
        if re.search(wanted, title) and not re.search(
            unwanted, title.replace("总体情况", "").replace("情况表", "")
        ):
            return number if "表" in title or number == 9 or "总体" in title else None
    return None


def stripped(text: str) -> str:
    """A title without number, dots and page number of a list of contents, and without unit line."""
    title = clean(text)
    title = re.sub(r"(…+|\.{3,}|·{3,}|_{3,}|—{3,})[-\d]*$", "", title)
    title = re.sub(r"[（(]?单位[:：](元|万元|千元)[）)]?$|(编制|预算)(部门|单位)[:：].*$", "", title)
    title = _NUMBER.sub("", title)
    return re.sub(r"[（(]续表?[)）]$", "", title)


def is_contents_line(text: str) -> bool:
    """A line of a list of contents by its dots."""
    return bool(re.search(r"…{2,}|\.{5,}|·{5,}", text))


def bare(title: str) -> str:
    """A title for comparing: without year, and 部门, 预算单位, 单位 as one word."""
    text = re.sub(
        r"^.*?(?=\d{4}年|部门|单位|财务|收|支|财政|一般|政府|国有|“三公|三公)", "", stripped(title), count=1
    )
    text = re.sub(r"\d{4}年(度)?", "", text)
    return re.sub(r"[“”\"（）()]", "", text)

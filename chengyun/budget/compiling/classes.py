"""The classes of expenditure that tables 1 and 4 list, in the order of the Shanghai districts' form of 2024."""

from __future__ import annotations

from collections.abc import Iterable

# 类 of a district department. Classes that a budget uses beyond these are added, so that nothing is lost.
LISTED: dict[str, str] = {
    "201": "一般公共服务支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "224": "灾害防治及应急管理支出",
    "229": "其他支出",
}
_DIGITS = "一二三四五六七八九"


def listed(used: Iterable[str], names: dict[str, str]) -> list[tuple[str, str]]:
    """Code and name of every class to list: the form's and those used, 其他支出 last."""
    codes = sorted({*LISTED, *used}, key=lambda code: (code == "229", code))
    return [(code, names.get(code) or LISTED.get(code, code)) for code in codes]


def numeral(number: int) -> str:
    """一, 二, … 二十一 (1 to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return head + (_DIGITS[ones - 1] if ones else "")

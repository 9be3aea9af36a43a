"""A budget in nine tables, compiled from leaf lines: the 2024 figures of a district's centre, restated.

``tables()`` gives the right document; a test spoils a cell and looks at what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

YEAR = 2024
# code, name, basic, project
FUNCTIONS = (
    ("2080505", "机关事业单位基本养老保险缴费支出", "800324.32", "0"),
    ("2080506", "机关事业单位职业年金缴费支出", "400162.16", "0"),
    ("2101102", "事业单位医疗", "525212.84", "0"),
    ("2120199", "其他城乡社区管理事务支出", "6346395.92", "337324.00"),
    ("2210201", "住房公积金", "350141.89", "0"),
)
ABOVE = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "212": "城乡社区支出",
    "21201": "城乡社区管理事务",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "301": "工资福利支出",
    "302": "商品和服务支出",
    "303": "对个人和家庭的补助",
    "310": "资本性支出",
}
ECONOMIC = (
    ("30101", "基本工资", "995664.00"),
    ("30102", "津贴补贴", "556355.00"),
    ("30107", "绩效工资", "4006363.00"),
    ("30108", "机关事业单位基本养老保险缴费", "800324.32"),
    ("30109", "职业年金缴费", "400162.16"),
    ("30110", "职工基本医疗保险缴费", "525212.84"),
    ("30112", "其他社会保障缴费", "33013.38"),
    ("30113", "住房公积金", "350141.89"),
    ("30201", "办公费", "77874.00"),
    ("30204", "手续费", "1800.00"),
    ("30205", "水费", "10000.00"),
    ("30206", "电费", "50000.00"),
    ("30207", "邮电费", "50000.00"),
    ("30209", "物业管理费", "75000.00"),
    ("30211", "差旅费", "20000.00"),
    ("30213", "维修（护）费", "10000.00"),
    ("30215", "会议费", "5000.00"),
    ("30216", "培训费", "20000.00"),
    ("30217", "公务接待费", "2926.00"),
    ("30226", "劳务费", "10000.00"),
    ("30227", "委托业务费", "32000.00"),
    ("30228", "工会经费", "100040.54"),
    ("30229", "福利费", "116640.00"),
    ("30231", "公务用车运行维护费", "27000.00"),
    ("30239", "其他交通费用", "20000.00"),
    ("30299", "其他商品和服务支出", "97000.00"),
    ("30399", "其他对个人和家庭的补助", "9720.00"),
    ("31002", "办公设备购置", "20000.00"),
)
ZERO = Decimal(0)
Grid = list[list[str]]


@dataclass(slots=True)
class Sheet:
    """One table as printed: title, unit, heading rows, rows, remark."""

    number: int
    title: str
    unit: str
    header: Grid
    rows: Grid
    note: str = ""
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # header row, column, width


def shown(amount: Decimal, unit: Decimal = Decimal(1), decimals: int = 2) -> str:
    """As printed; nought stays blank."""
    return f"{amount / unit:,.{decimals}f}" if amount else ""


def summed(
    lines: Iterable[tuple[str, str, tuple[Decimal, ...]]],
) -> list[tuple[str, str, tuple[Decimal, ...]]]:
    """Leaf lines with their parents before them."""
    rows: dict[str, tuple[str, tuple[Decimal, ...]]] = {}
    for code, name, amounts in lines:
        for end in range(3, len(code), 2):
            label, before = rows.get(code[:end], (ABOVE[code[:end]], (ZERO,) * len(amounts)))
            rows[code[:end]] = (label, tuple(a + b for a, b in zip(before, amounts, strict=True)))
        rows[code] = (name, amounts)
    return [(code, name, amounts) for code, (name, amounts) in sorted(rows.items())]


def split(code: str, levels: int) -> list[str]:
    """类, 款, 项 in columns of their own."""
    parts = [code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))]
    return [*parts, *[""] * (levels - len(parts))]


def joined(code: str, levels: int) -> list[str]:
    """The whole code in one column."""
    return [code]


Coder = Callable[[str, int], list[str]]


@dataclass(slots=True)
class Style:
    """How a document is laid out."""

    code: Coder = split
    unit: str = "元"
    decimals: int = 2

    def money(self, amount: Decimal) -> str:
        """An amount in the document's unit."""
        return shown(amount, Decimal(10_000) if self.unit == "万元" else Decimal(1), self.decimals)

    def heading(self, levels: int, name: str, columns: list[str], group: str) -> Grid:
        """Heading rows of a table with codes."""
        blank = [""] * (len(columns) - 1)
        if self.code is joined:
            return [["科目编码", name, *columns]]
        gap = [""] * (levels - 1)
        marks = ["类", "款", "项"][:levels]
        codes = "部门预算经济分类科目编码" if levels == 2 else "功能分类科目编码"
        return [
            ["项目", *gap, "", group, *blank],
            [codes, *gap, name, *columns],
            [*marks, "", *[""] * len(columns)],
        ]


def tables(style: Style | None = None) -> list[Sheet]:
    """The nine tables."""
    style = style or Style()
    functions = [
        (code, name, (Decimal(basic) + Decimal(project), Decimal(basic), Decimal(project)))
        for code, name, basic, project in FUNCTIONS
    ]
    rows = summed(functions)
    total = tuple(sum((amounts[at] for _, _, amounts in functions), ZERO) for at in range(3))
    classes = [(name, amounts[0]) for code, name, amounts in rows if len(code) == 3]
    three = _coded(style, rows, total, 3)
    heading = ["合计", "基本支出", "项目支出"]
    name = "功能分类科目名称"
    return [
        _one(style, classes, total[0]),
        Sheet(
            2,
            f"{YEAR}年部门收入预算总表",
            style.unit,
            style.heading(
                3, name, ["合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入"], "收入预算"
            ),
            _coded(
                style,
                [(c, n, (a[0], a[0], ZERO, ZERO, ZERO)) for c, n, a in rows],
                (total[0], total[0], *[ZERO] * 3),
                3,
            ),
        ),
        Sheet(3, f"{YEAR}年部门支出预算总表", style.unit, style.heading(3, name, heading, "支出预算"), three),
        _four(style, classes, total[0]),
        Sheet(
            5,
            f"{YEAR}年部门一般公共预算支出功能分类预算表",
            style.unit,
            style.heading(3, name, heading, "一般公共预算支出"),
            [list(row) for row in three],
        ),
        _empty(style, 6, "政府性基金预算"),
        _empty(style, 7, "国有资本经营预算"),
        _eight(style),
        Sheet(
            9,
            f"{YEAR}年部门“三公”经费和机关运行经费预算表",
            "万元",
            [
                [f"{YEAR}年“三公”经费预算数", "", "", "", "", "", f"{YEAR}年机关运行经费预算数"],
                ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
                ["", "", "", "小计", "购置费", "运行费", ""],
            ],
            [["2.99", "0.00", "0.29", "2.70", "0.00", "2.70", "0.00"]],
        ),
    ]


def _coded(
    style: Style, rows: list[tuple[str, str, tuple[Decimal, ...]]], total: tuple[Decimal, ...], levels: int
) -> Grid:
    grid = [[*style.code(code, levels), name, *map(style.money, amounts)] for code, name, amounts in rows]
    width = len(style.code("208", levels))
    return [*grid, ["合计", *[""] * width, *map(style.money, total)]]


_NUMERALS = "一二三四五六七八九十"


def _one(style: Style, classes: list[tuple[str, Decimal]], total: Decimal) -> Sheet:
    left = [
        ("一、财政拨款收入", total),
        ("1、一般公共预算资金", total),
        ("2、政府性基金", ZERO),
        ("3、国有资本经营预算", ZERO),
        ("二、事业收入", ZERO),
        ("三、事业单位经营收入", ZERO),
        ("四、其他收入", ZERO),
    ]
    rows = []
    for at, (name, amount) in enumerate(left):
        right = (
            [f"{_NUMERALS[at]}、{classes[at][0]}", style.money(classes[at][1])]
            if at < len(classes)
            else ["", ""]
        )
        rows.append([name, style.money(amount), *right])
    rows.append(["收入总计", style.money(total), "支出总计", style.money(total)])
    header = [["本年收入", "", "本年支出", ""], ["项目", "预算数", "项目", "预算数"]]
    return Sheet(1, f"{YEAR}年部门财务收支预算总表", style.unit, header, rows)


def _four(style: Style, classes: list[tuple[str, Decimal]], total: Decimal) -> Sheet:
    left = [("一、一般公共预算资金", total), ("二、政府性基金", ZERO), ("三、国有资本经营预算", ZERO)]
    rows = []
    for at, (name, amount) in enumerate(classes):
        income = [left[at][0], style.money(left[at][1])] if at < len(left) else ["", ""]
        rows.append([*income, f"{_NUMERALS[at]}、{name}", style.money(amount), style.money(amount), "", ""])
    rows.append(["收入总计", style.money(total), "支出总计", style.money(total), style.money(total), "", ""])
    header = [
        ["财政拨款收入", "", "财政拨款支出", "", "", "", ""],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    ]
    return Sheet(4, f"{YEAR}年部门财政拨款收支预算总表", style.unit, header, rows)


def _empty(style: Style, number: int, fund: str) -> Sheet:
    return Sheet(
        number,
        f"{YEAR}年部门{fund}支出功能分类预算表",
        style.unit,
        style.heading(3, "功能分类科目名称", ["合计", "基本支出", "项目支出"], f"{fund}支出"),
        [["合计", *[""] * (len(style.code("208", 3)) + 3)]],
        f"注：本部门{YEAR}年无{fund}财政拨款安排的预算，故本表为空表。",
    )


def _eight(style: Style) -> Sheet:
    lines = []
    for code, name, amount in ECONOMIC:
        value = Decimal(amount)
        staff = code[:3] in ("301", "303")
        lines.append((code, name, (value, value if staff else ZERO, ZERO if staff else value)))
    total = tuple(sum((amounts[at] for _, _, amounts in lines), ZERO) for at in range(3))
    heading = style.heading(2, "经济分类科目名称", ["合计", "人员经费", "公用经费"], "一般公共预算基本支出")
    title = f"{YEAR}年部门一般公共预算基本支出部门预算经济分类预算表"
    return Sheet(8, title, style.unit, heading, _coded(style, summed(lines), total, 2))


NARRATIVE = (
    "区城市管理样本中心主要职能",
    "1.负责热线工单的受理与回访。",
    "2.负责网格案件的派遣与督办。",
    "区城市管理样本中心机构设置",
    "本部门为事业单位1家，设2个内设机构，包括：综合科、热线科。",
    "2024年部门预算编制说明",
    "2024年，本部门收入预算875.96万元，其中：财政拨款收入875.96万元，比2023年预算增加65.41万元；事业收入0万元。",
    "支出预算875.96万元，其中：财政拨款支出预算875.96万元，比2023年预算增加65.41万元。财政拨款支出预算中，"
    "一般公共预算拨款支出预算875.96万元，比2023年预算增加65.41万元；政府性基金拨款支出预算0万元，与2023年预算持平；"
    "国有资本经营预算拨款支出预算0万元，与2023年预算持平。",
    "财政拨款收入支出增加的主要原因是人员经费增加。",
    "1.社会保障和就业支出120.05万元，主要用于社保缴费。",
    "2.卫生健康支出52.52万元，主要用于医疗保险缴费。",
    "3.城乡社区支出668.37万元，主要用于人员、公用和项目支出。",
    "4.住房保障支出35.01万元，主要用于公积金缴费。",
)
OTHER = (
    "其他相关情况说明",
    "2024年“三公”经费预算数为2.99万元，与2023年预算持平。其中：",
    "（一）因公出国（境）费0万元，与2023年预算持平。",
    "（二）公务接待费0.29万元，与2023年预算持平。",
    "（三）公务用车购置及运行费2.70万元，与2023年预算持平。其中：公务用车购置费0万元，与2023年预算持平；"
    "公务用车运行费2.70万元，与2023年预算持平。",
    "2024年本部门无财政拨款机关运行经费预算。",
)
TITLE = "某市某区2024年区级部门预算"

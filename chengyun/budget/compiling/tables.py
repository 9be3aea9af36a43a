"""The nine tables of a department budget as pure functions of its leaf lines."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from chengyun.budget.compiling.coded import coded_sheet
from chengyun.budget.compiling.figures import (
    STAFF_CLASSES,
    figures,
    granted,
    is_table_eight,
)
from chengyun.budget.compiling.paired import table_four, table_one
from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.compiling.sheets import WAN_YUAN, Cell, Head, Ref, Sheet, SheetRow, rounded_wan
from chengyun.budget.kinds import Edition, Figure, Fund, LineKind, Source

_FUNDS = (
    (5, Fund.GENERAL, "一般公共预算"),
    (6, Fund.GOVERNMENT, "政府性基金预算"),
    (7, Fund.STATE_CAPITAL, "国有资本经营预算"),
)
_SOURCES = (Source.GRANT, Source.OPERATIONS, Source.BUSINESS, Source.OTHER)
_TWO = ("基本支出", "项目支出")


def tables_of(facts: BudgetFacts) -> tuple[Sheet, ...]:
    """Tables 1 to 9 in their order."""
    two, three = table_two(facts), table_three(facts)
    funds = (fund_table(facts, 5), fund_table(facts, 6), fund_table(facts, 7))
    one = table_one(facts, _title(facts, "财务收支预算总表"), _by(facts), three)
    four = table_four(facts, _title(facts, "财政拨款收支预算总表"), _by(facts), funds)
    return (one, two, three, four, *funds, table_eight(facts), table_nine(facts))


def role(facts: BudgetFacts) -> str:
    """What the text calls the organisation: 部门 or 单位."""
    return "部门" if facts.edition is Edition.DEPARTMENT else "单位"


def _by(facts: BudgetFacts) -> str:
    return f"编制{role(facts)}：{facts.org}"


def _title(facts: BudgetFacts, name: str) -> str:
    whose = "部门" if facts.edition is Edition.DEPARTMENT else "预算单位"
    return f"{facts.fiscal_year}年{whose}{name}"


def by_code(
    lines: tuple[Line, ...], code: Callable[[Line], str], parts: tuple[Callable[[Line], bool], ...]
) -> dict[str, tuple[Decimal, ...]]:
    """Amounts of the leaf lines by code, one for each part."""
    found: dict[str, list[Decimal]] = {}
    for line in lines:
        amounts = found.setdefault(code(line), [NIL] * len(parts))
        for at, keep in enumerate(parts):
            if keep(line):
                amounts[at] += line.amount
    return {one: tuple(amounts) for one, amounts in sorted(found.items()) if any(amounts)}


def _function(line: Line) -> str:
    return line.func_code


def _basic(line: Line) -> bool:
    return line.kind is LineKind.BASIC


def _project(line: Line) -> bool:
    return line.kind is LineKind.PROJECT


def table_two(facts: BudgetFacts) -> Sheet:
    """收入总表: for every function code, which income pays it."""
    parts = tuple((lambda line, source=source: line.source is source) for source in _SOURCES)
    return coded_sheet(
        2,
        _title(facts, "收入预算总表"),
        _by(facts),
        "收入预算",
        tuple(source.zh for source in _SOURCES),
        by_code(facts.lines, _function, parts),
        facts.functions,
    )


def table_three(facts: BudgetFacts) -> Sheet:
    """支出总表: basic and project expenditure of every function code, whatever pays it."""
    leaves = by_code(facts.lines, _function, (_basic, _project))
    title = _title(facts, "支出预算总表")
    return coded_sheet(3, title, _by(facts), "支出预算", _TWO, leaves, facts.functions)


def fund_table(facts: BudgetFacts, number: int) -> Sheet:
    """Tables 5, 6, 7: expenditure out of one fund by function."""
    _, fund, name = _FUNDS[number - 5]
    lines = tuple(line for line in facts.lines if granted(line, fund))
    return coded_sheet(
        number,
        _title(facts, f"{name}支出功能分类预算表"),
        _by(facts),
        f"{name}支出",
        _TWO,
        by_code(lines, _function, (_basic, _project)),
        facts.functions,
        note=_empty(facts, f"无{name}财政拨款支出"),
    )


def table_eight(facts: BudgetFacts) -> Sheet:
    """Basic expenditure of the general budget by economic class: staff 301 and 303, the rest public."""
    lines = tuple(line for line in facts.lines if is_table_eight(line))
    parts = (
        lambda line: line.eco_code.startswith(STAFF_CLASSES),
        lambda line: not line.eco_code.startswith(STAFF_CLASSES),
    )
    return coded_sheet(
        8,
        _title(facts, "一般公共预算基本支出部门预算经济分类预算表"),
        _by(facts),
        "一般公共预算基本支出",
        ("人员经费", "公用经费"),
        by_code(lines, lambda line: line.eco_code, parts),
        facts.economics,
        economic=True,
        note=_empty(facts, "无一般公共预算基本支出"),
    )


def table_nine(facts: BudgetFacts) -> Sheet:
    """三公 over all fiscal grants and, of agencies, 机关运行经费; in 万元."""
    said, year = figures(facts), facts.fiscal_year
    heads = (
        Head(f"{year}年“三公”经费预算数", 0, 0, 6),
        Head(f"{year}年机关运行经费预算数", 0, 6, 1, 3),
        Head("合计", 1, 0, 1, 2),
        Head("因公出国（境）费", 1, 1, 1, 2),
        Head("公务接待费", 1, 2, 1, 2),
        Head("公务用车购置及运行费", 1, 3, 3),
        *(Head(text, 2, 3 + at) for at, text in enumerate(("小计", "购置费", "运行费"))),
    )
    cells = (
        Cell(said[Figure.THREE_PUBLIC], tuple(Ref(9, 0, at) for at in (1, 2, 3))),
        Cell(said[Figure.ABROAD]),
        Cell(said[Figure.RECEPTION]),
        Cell(said[Figure.VEHICLES], (Ref(9, 0, 4), Ref(9, 0, 5))),
        Cell(said[Figure.VEHICLE_PURCHASE]),
        Cell(said[Figure.VEHICLE_RUNNING]),
        Cell(said[Figure.OPERATING_COST]),
    )
    # Less than half of 0.01 万元 is printed as nought: what is printed decides.
    filled = any(rounded_wan(cell.amount) for cell in cells)
    note = "" if filled else _empty(facts, "未安排“三公”经费和机关运行经费预算")
    whose = role(facts)
    title = f"{year}年{whose}“三公”经费和机关运行经费预算表"
    return Sheet(9, title, _by(facts), WAN_YUAN, heads, (SheetRow(cells),), note, nought="0.00")


def _empty(facts: BudgetFacts, why: str) -> str:
    """财预〔2016〕143号: a table without data is shown empty and says why."""
    return f"注：本{role(facts)}{facts.fiscal_year}年{why}，故本表为空表。"

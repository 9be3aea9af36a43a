"""编制说明: income and expenditure, their change against last year with its reason, what the money is for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from chengyun.budget.compiling.document import Kind, Paragraph
from chengyun.budget.compiling.figures import Change, changes, granted, reason_of
from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.compiling.sheets import WAN, wan
from chengyun.budget.compiling.tables import role
from chengyun.budget.kinds import Figure, Fund


def against_last_year(change: Change, year: int) -> str:
    """``，比2023年预算增加65.41万元`` or ``，与2023年预算持平``; "" where last year is not known."""
    if change.before is None:
        return ""
    if not change.by:
        return f"，与{year - 1}年预算持平"
    return f"，比{year - 1}年预算{change.direction}{wan(abs(change.by))}万元"


def statement(facts: BudgetFacts) -> tuple[Paragraph, ...]:
    """The paragraphs of the section."""
    said, year = changes(facts), facts.fiscal_year

    def figure(one: Figure, word: str, *, compared: bool = True) -> str:
        change = said[one]
        return f"{word}{wan(change.now)}万元" + (against_last_year(change, year) if compared else "")

    income = "；".join(
        (
            figure(Figure.INCOME_GRANT, "财政拨款收入"),
            figure(Figure.INCOME_OPERATIONS, "事业收入", compared=False),
            figure(Figure.INCOME_BUSINESS, "事业单位经营收入", compared=False),
            figure(Figure.INCOME_OTHER, "其他收入", compared=False),
        )
    )
    funds = "；".join(
        figure(one, f"{word}拨款支出预算")
        for one, word in (
            (Figure.GENERAL, "一般公共预算"),
            (Figure.GOVERNMENT, "政府性基金"),
            (Figure.STATE_CAPITAL, "国有资本经营预算"),
        )
    )
    kinds = f"{figure(Figure.BASIC, '基本支出', compared=False)}，{figure(Figure.PROJECT, '项目支出', compared=False)}"
    spending = (
        f"支出预算{wan(said[Figure.SPENDING].now)}万元，其中：{figure(Figure.SPENDING_GRANT, '财政拨款支出预算')}。"
        f"财政拨款支出预算中，{funds}。支出按用途分为：{kinds}。"
    )
    first = f"{year}年，本{role(facts)}收入预算{wan(said[Figure.INCOME].now)}万元，其中：{income}。"
    found = [Paragraph(first), Paragraph(spending)]
    reason = _reason(said)
    if reason:
        found.append(Paragraph(reason))
    listed = list(_listed(facts))
    if listed:
        found.append(Paragraph("财政拨款支出主要内容如下："))
        found += [Paragraph(f"{at}.{text}", Kind.ITEM) for at, text in enumerate(listed, 1)]
    return tuple(found)


def _reason(said: dict[Figure, Change]) -> str:
    reason = reason_of(said, Figure.SPENDING_GRANT)
    if not reason:
        return ""
    return f"财政拨款收入支出{said[Figure.SPENDING_GRANT].direction}的主要原因是{reason}。"


def _listed(facts: BudgetFacts) -> Iterator[str]:
    """What the grants are for: by class where somebody wrote its purpose, else by 项."""
    grants = [line for line in facts.lines if granted(line)]
    for group in sorted({line.func_code[:3] for line in grants}):
        lines = [line for line in grants if line.func_code.startswith(group)]
        # A class that several funds pay stands in several tables; its 项 do not.
        alone = all(line.fund is Fund.GENERAL for line in lines)
        if alone and facts.purposes.get(group):
            yield _item(facts.functions.get(group, group), lines, facts.purposes[group])
            continue
        for code in sorted({line.func_code for line in lines}):
            own = [line for line in lines if line.func_code == code]
            yield _item(_path(facts, code), own, _purpose(facts, code))


def _item(name: str, lines: list[Line], purpose: str) -> str:
    """Name, amount, purpose; other funds than the general budget are named, for each has its table."""
    paid: dict[Fund, Decimal] = {}
    for line in lines:
        paid[line.fund] = paid.get(line.fund, NIL) + line.amount
    if set(paid) == {Fund.GENERAL}:
        said = _money(paid[Fund.GENERAL])
    else:
        said = "、".join(f"{fund.zh}拨款{_money(paid[fund])}" for fund in Fund if fund in paid)
    return f"{name}{said}，主要用于{purpose.strip().removeprefix('用于').rstrip('。')}。"


def _money(amount: Decimal) -> str:
    # Less than half of 0.01 万元 would be printed as nought.
    return f"{wan(amount)}万元" if wan(amount) != "0" or not amount else f"{amount / WAN:f}万元"


def _path(facts: BudgetFacts, code: str) -> str:
    names = [facts.functions.get(code[:end], code[:end]) for end in (3, 5, 7)]
    return f"“{names[0]}（类）{names[1]}（款）{names[2]}（项）”"


def _purpose(facts: BudgetFacts, code: str) -> str:
    for end in (7, 5, 3):
        if facts.purposes.get(code[:end]):
            return facts.purposes[code[:end]]
    return facts.functions.get(code, code)

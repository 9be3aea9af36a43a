"""Tables 1 and 4: income on the left, classes of expenditure on the right. Their amounts come from the others."""

from __future__ import annotations

from decimal import Decimal

from chengyun.budget.compiling.classes import listed, numeral
from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.compiling.sheets import YUAN, Cell, Head, Ref, Sheet, SheetRow, Slot
from chengyun.budget.kinds import Fund, Source

# Column of 合计 in a table by function: 类, 款, 项, name come before it.
TOTAL_COLUMN = 4
_GRANTS = (
    (Fund.GENERAL, "一般公共预算资金"),
    (Fund.GOVERNMENT, "政府性基金"),
    (Fund.STATE_CAPITAL, "国有资本经营预算"),
)
_OTHERS = (
    (Source.OPERATIONS, "事业收入"),
    (Source.BUSINESS, "事业单位经营收入"),
    (Source.OTHER, "其他收入"),
)


def income(facts: BudgetFacts, source: Source, fund: Fund | None = None) -> Decimal:
    """Income of a source (and fund), money carried over from earlier years included."""
    return sum(
        (one.amount for one in facts.incomes if one.source is source and (fund is None or one.fund is fund)),
        NIL,
    )


def table_one(facts: BudgetFacts, title: str, prepared_by: str, three: Sheet) -> Sheet:
    """收支总表: income by source, expenditure by class out of table 3."""
    grants = [
        (f"{at}、{name}", Cell(income(facts, Source.GRANT, fund)))
        for at, (fund, name) in enumerate(_GRANTS, 1)
    ]
    sub = tuple(Ref(1, at, 1) for at in range(1, len(grants) + 1))
    left = [("一、财政拨款收入", Cell(income(facts, Source.GRANT), sub)), *grants]
    left += [
        (f"{numeral(at)}、{name}", Cell(income(facts, source)))
        for at, (source, name) in enumerate(_OTHERS, 2)
    ]
    items = (0, *range(len(grants) + 1, len(left)))
    total_income = Cell(sum((left[at][1].amount for at in items), NIL), tuple(Ref(1, at, 1) for at in items))
    right: list[tuple[str, tuple[Cell, ...]]] = [
        (f"{numeral(at)}、{name}", (_out_of(three, code),))
        for at, (code, name) in enumerate(_classes(facts, three), 1)
    ]
    heads = (
        Head("本年收入", 0, 0, 2),
        Head("本年支出", 0, 2, 2),
        *(Head(text, 1, at) for at, text in enumerate(("项目", "预算数", "项目", "预算数"))),
    )
    rows = _rows(1, left, right, total_income)
    return Sheet(1, title, prepared_by, YUAN, heads, rows)


def table_four(facts: BudgetFacts, title: str, prepared_by: str, funds: tuple[Sheet, Sheet, Sheet]) -> Sheet:
    """财政拨款收支总表: grants by fund, expenditure by class out of tables 5, 6 and 7."""
    left = [
        (
            f"{numeral(at)}、{name}",
            Cell(income(facts, Source.GRANT, fund), (Ref(1, at, 1),)),
        )
        for at, (fund, name) in enumerate(_GRANTS, 1)
    ]
    total_income = Cell(
        sum((cell.amount for _, cell in left), NIL), tuple(Ref(4, at, 1) for at in range(len(left)))
    )
    right = []
    for at, (code, name) in enumerate(_classes(facts, *funds), 1):
        parts = tuple(_out_of(sheet, code) for sheet in funds)
        row = at - 1
        whole = Cell(
            sum((part.amount for part in parts), NIL), tuple(Ref(4, row, 4 + one) for one in range(3))
        )
        right.append((f"{numeral(at)}、{name}", (whole, *parts)))
    names = ("项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    heads = (
        Head("财政拨款收入", 0, 0, 2),
        Head("财政拨款支出", 0, 2, 5),
        Head("项目", 1, 0),
        Head("预算数", 1, 1),
        *(Head(text, 1, 2 + at) for at, text in enumerate(names)),
    )
    return Sheet(4, title, prepared_by, YUAN, heads, _rows(4, left, right, total_income))


def _classes(facts: BudgetFacts, *sheets: Sheet) -> list[tuple[str, str]]:
    # Both tables list the same classes: whatever the budget spends on, from whichever fund.
    used = {line.func_code[:3] for line in facts.lines}
    return listed(used, dict(facts.functions))


def _out_of(sheet: Sheet, code: str) -> Cell:
    """The class's 合计 in a table by function."""
    row = sheet.row_of(code)
    if row is None:
        return Cell(NIL)
    ref = Ref(sheet.number, row, TOTAL_COLUMN)
    return Cell(sheet.amount(ref), (ref,))


def _rows(
    table: int, left: list[tuple[str, Cell]], right: list[tuple[str, tuple[Cell, ...]]], total_income: Cell
) -> tuple[SheetRow, ...]:
    width = len(right[0][1])
    rows = []
    for at in range(max(len(left), len(right))):
        income_slots: tuple[Slot, ...] = left[at] if at < len(left) else ("", "")
        name, cells = right[at] if at < len(right) else ("", ("",) * width)
        rows.append(SheetRow((*income_slots, name, *cells)))
    totals = tuple(
        Cell(
            sum((cells[at].amount for _, cells in right), NIL),
            tuple(Ref(table, row, 3 + at) for row in range(len(right))),
        )
        for at in range(width)
    )
    rows.append(SheetRow(("收入总计", total_income, "支出总计", *totals), level=0))
    return tuple(rows)

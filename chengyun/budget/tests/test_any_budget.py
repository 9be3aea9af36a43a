"""Whatever the leaf lines are: what is compiled from them contradicts itself nowhere."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from chengyun.budget.check.codes import economic, functional
from chengyun.budget.compiling.narrative import compile_document
from chengyun.budget.compiling.rows import BudgetFacts, Income, Line, Procurement
from chengyun.budget.kinds import Edition, Figure, Fund, LineKind, OrgKind, Source
from chengyun.budget.publishing.gate import examine
from chengyun.budget.publishing.html import as_html
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.publishing.words import FileKind
from chengyun.budget.tests.year2024 import facts


def a_budget(seed: int) -> BudgetFacts:
    """Lines over many classes, funds and sources; income that pays them."""
    dice = random.Random(seed)
    functions = [code for code in functional() if len(code) == 7]
    economics = [code for code in economic() if len(code) == 5 and code[:3] in ("301", "302", "303", "310")]

    def money() -> Decimal:
        return Decimal(dice.randint(1, 10 ** dice.randint(3, 10))) / 100

    lines = [
        Line(LineKind.BASIC, dice.choice(functions), code, money())
        for code in dice.sample(economics, dice.randint(5, 40))
    ]
    for _ in range(dice.randint(1, 30)):
        fund = dice.choice((Fund.GENERAL, Fund.GENERAL, Fund.GOVERNMENT, Fund.STATE_CAPITAL, Fund.NONE))
        source = dice.choice((Source.OPERATIONS, Source.OTHER)) if fund is Fund.NONE else Source.GRANT
        kind = dice.choice((LineKind.BASIC, LineKind.PROJECT))
        code = dice.choice(["30212", "31013", *economics])
        lines.append(Line(kind, dice.choice(functions), code, money(), source, fund, "service"))
    paid: dict[tuple[Source, Fund], Decimal] = {}
    for line in lines:
        paid[line.source, line.fund] = paid.get((line.source, line.fund), Decimal(0)) + line.amount
    return replace(
        facts(),
        edition=dice.choice(list(Edition)),
        org_kind=dice.choice(list(OrgKind)),
        lines=tuple(lines),
        incomes=tuple(Income(source, fund, amount) for (source, fund), amount in paid.items()),
        procurement=Procurement(money(), money(), money()),
        prior_figures={figure.value: money() for figure in Figure},
        reasons={figure.value: "工作安排变化" for figure in Figure},
        purposes={},
        projects=(),
    )


@pytest.mark.parametrize("seed", range(6))
def test_no_contradiction(seed: int) -> None:
    document = compile_document(a_budget(seed))
    found = examine(document, {FileKind.TXT: as_txt(document), FileKind.HTML: as_html(document)})
    assert [(line["id"], line["message_zh"]) for line in found if line["blocking"]] == []
    quiet = ("NUM", "ROW", "HIER", "TOT", "BAL", "STR", "REND", "NAR-01", "NAR-03", "NAR-04")
    assert [line["message_zh"] for line in found if line["id"].startswith(quiet)] == []

"""The figures that the text repeats, worked out from the lines. Pure; amounts in 元."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.kinds import Figure, Fund, LineKind, OrgKind, Source

# “三公” by economic code; 309 is capital of 基本建设, whose vehicles count as well.
ABROAD, RECEPTION, RUNNING = ("30212",), ("30217",), ("30231",)
PURCHASE = ("31013", "30913")
_OPERATING = ("302", "310")
_OF_ADMINISTRATION = (OrgKind.ADMINISTRATIVE, OrgKind.CIVIL_SERVICE_RULES)


def figures(facts: BudgetFacts) -> dict[Figure, Decimal]:
    """Every figure of the year. Purchases and running make up vehicles; those, travel and receptions 三公."""

    def spent(test: Callable[[Line], bool]) -> Decimal:
        return sum((line.amount for line in facts.lines if test(line)), NIL)

    def got(source: Source) -> Decimal:
        return sum((one.amount for one in facts.incomes if one.source == source), NIL)

    def public(codes: tuple[str, ...]) -> Decimal:
        return spent(lambda line: line.source == Source.GRANT and line.eco_code in codes)

    found = {
        Figure.INCOME: sum((one.amount for one in facts.incomes), NIL),
        Figure.INCOME_GRANT: got(Source.GRANT),
        Figure.INCOME_OPERATIONS: got(Source.OPERATIONS),
        Figure.INCOME_BUSINESS: got(Source.BUSINESS),
        Figure.INCOME_OTHER: got(Source.OTHER),
        Figure.SPENDING: spent(lambda line: True),
        Figure.SPENDING_GRANT: spent(lambda line: line.source == Source.GRANT),
        Figure.GENERAL: spent(lambda line: line.fund == Fund.GENERAL),
        Figure.GOVERNMENT: spent(lambda line: line.fund == Fund.GOVERNMENT),
        Figure.STATE_CAPITAL: spent(lambda line: line.fund == Fund.STATE_CAPITAL),
        Figure.BASIC: spent(lambda line: line.kind == LineKind.BASIC),
        Figure.PROJECT: spent(lambda line: line.kind == LineKind.PROJECT),
        Figure.ABROAD: public(ABROAD),
        Figure.VEHICLE_PURCHASE: public(PURCHASE),
        Figure.VEHICLE_RUNNING: public(RUNNING),
        Figure.RECEPTION: public(RECEPTION),
        Figure.OPERATING_COST: spent(lambda line: _is_operating(line, facts.org_kind)),
    }
    found[Figure.VEHICLES] = found[Figure.VEHICLE_PURCHASE] + found[Figure.VEHICLE_RUNNING]
    found[Figure.THREE_PUBLIC] = found[Figure.ABROAD] + found[Figure.VEHICLES] + found[Figure.RECEPTION]
    return found


def _is_operating(line: Line, kind: OrgKind) -> bool:
    return (
        kind in _OF_ADMINISTRATION
        and line.kind == LineKind.BASIC
        and line.fund == Fund.GENERAL
        and line.eco_code[:3] in _OPERATING
    )


def prior_of(facts: BudgetFacts) -> dict[Figure, Decimal]:
    """Last year's figures: from last year's budget, else those that were entered; empty where neither is there."""
    if facts.prior is not None:
        return figures(facts.prior)
    return {Figure(key): amount for key, amount in facts.prior_figures.items()}

"""Whether income and expenditure agree, source by source. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.kinds import Fund, Source


@dataclass(frozen=True, slots=True)
class Balance:
    """One source and fund: what comes in and what goes out."""

    source: Source
    fund: Fund
    income: Decimal
    spending: Decimal

    @property
    def difference(self) -> Decimal:
        """Income less expenditure."""
        return self.income - self.spending

    @property
    def label(self) -> str:
        """What the pair is called."""
        return self.fund.label if self.source is Source.GRANT else self.source.label


PAIRS = (
    (Source.GRANT, Fund.GENERAL),
    (Source.GRANT, Fund.GOVERNMENT),
    (Source.GRANT, Fund.STATE_CAPITAL),
    (Source.OPERATIONS, Fund.NONE),
    (Source.BUSINESS, Fund.NONE),
    (Source.OTHER, Fund.NONE),
)


def balances(facts: BudgetFacts) -> list[Balance]:
    """All pairs in their order, also those without money."""
    return [
        Balance(
            source,
            fund,
            sum((one.amount for one in facts.incomes if (one.source, one.fund) == (source, fund)), NIL),
            sum((one.amount for one in facts.lines if (one.source, one.fund) == (source, fund)), NIL),
        )
        for source, fund in PAIRS
    ]


def unbalanced(facts: BudgetFacts) -> list[Balance]:
    """The pairs that do not agree."""
    return [one for one in balances(facts) if one.difference]

"""The figures that the text repeats, and how they changed against last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.compiling.sheets import WAN, rounded_wan
from chengyun.budget.kinds import Figure, Fund, LineKind, OrgKind, Source

ABROAD, RECEPTION, RUNNING = "30212", "30217", "30231"
# Vehicles are bought from basic means (310) or, as capital construction, from 309.
PURCHASE = ("31013", "30913")
STAFF_CLASSES = ("301", "303")
# Only these publish 机关运行经费 (名词解释 of the published budgets).
_AGENCIES = (OrgKind.ADMINISTRATIVE, OrgKind.CIVIL_SERVICE_RULES)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure this year and last; ``before`` is None where last year's is not known. Amounts in 元."""

    figure: Figure
    now: Decimal
    before: Decimal | None
    reason: str = ""

    @property
    def by(self) -> Decimal:
        """How much more (or less) than last year, in 元.

        It is the difference of the two figures as printed (万元, two decimals), so that a reader who subtracts
        them comes to the same.
        """
        if self.before is None:
            return NIL
        return (rounded_wan(self.now) - rounded_wan(self.before)) * WAN

    @property
    def direction(self) -> str:
        """增加, 减少 or 持平; "" where last year is not known."""
        if self.before is None:
            return ""
        return "增加" if self.by > 0 else "减少" if self.by < 0 else "持平"


def total(lines: Iterable[Line], keep: Callable[[Line], bool] = lambda line: True) -> Decimal:
    """Sum of the lines that ``keep`` wants."""
    return sum((line.amount for line in lines if keep(line)), NIL)


def granted(line: Line, *funds: Fund) -> bool:
    """Whether a line is paid from a fiscal grant (of one of these funds)."""
    return line.source is Source.GRANT and (not funds or line.fund in funds)


def is_table_eight(line: Line) -> bool:
    """Basic expenditure of the general budget: what table 8 shows."""
    return line.kind is LineKind.BASIC and granted(line, Fund.GENERAL)


def operating_cost(facts: BudgetFacts) -> Decimal:
    """机关运行经费: the public funds of table 8, of agencies only."""
    if facts.org_kind not in _AGENCIES:
        return NIL
    return total(
        facts.lines, lambda line: is_table_eight(line) and not line.eco_code.startswith(STAFF_CLASSES)
    )


def figures(facts: BudgetFacts) -> dict[Figure, Decimal]:
    """Every figure of ``Figure`` in 元, from the leaf lines and the income."""

    def income(*sources: Source) -> Decimal:
        return sum((one.amount for one in facts.incomes if not sources or one.source in sources), NIL)

    def spent(keep: Callable[[Line], bool] = lambda line: True) -> Decimal:
        return total(facts.lines, keep)

    def cost(*codes: str) -> Decimal:
        return spent(lambda line: granted(line) and line.eco_code in codes)

    purchase, running = cost(*PURCHASE), cost(RUNNING)
    abroad, reception = cost(ABROAD), cost(RECEPTION)
    return {
        Figure.INCOME: income(),
        Figure.INCOME_GRANT: income(Source.GRANT),
        Figure.INCOME_OPERATIONS: income(Source.OPERATIONS),
        Figure.INCOME_BUSINESS: income(Source.BUSINESS),
        Figure.INCOME_OTHER: income(Source.OTHER),
        Figure.SPENDING: spent(),
        Figure.SPENDING_GRANT: spent(granted),
        Figure.GENERAL: spent(lambda line: granted(line, Fund.GENERAL)),
        Figure.GOVERNMENT: spent(lambda line: granted(line, Fund.GOVERNMENT)),
        Figure.STATE_CAPITAL: spent(lambda line: granted(line, Fund.STATE_CAPITAL)),
        Figure.BASIC: spent(lambda line: line.kind is LineKind.BASIC),
        Figure.PROJECT: spent(lambda line: line.kind is LineKind.PROJECT),
        Figure.THREE_PUBLIC: abroad + reception + purchase + running,
        Figure.ABROAD: abroad,
        Figure.VEHICLES: purchase + running,
        Figure.VEHICLE_PURCHASE: purchase,
        Figure.VEHICLE_RUNNING: running,
        Figure.RECEPTION: reception,
        Figure.OPERATING_COST: operating_cost(facts),
    }


def changes(facts: BudgetFacts) -> dict[Figure, Change]:
    """Every figure against last year: its budget where the ledger has it, else the figures entered."""
    before = figures(facts.prior) if facts.prior is not None else {}
    entered = {key: Decimal(value) for key, value in facts.prior_figures.items()}
    return {
        figure: Change(
            figure, now, before.get(figure, entered.get(figure.value)), facts.reasons.get(figure.value, "")
        )
        for figure, now in figures(facts).items()
    }


# The figures whose change the text states, and those whose reason serves them as well: one sentence on
# 公务用车 needs no second at its purchase or its running.
_SERVED_BY: dict[Figure, tuple[Figure, ...]] = {
    Figure.SPENDING_GRANT: (Figure.INCOME_GRANT, Figure.GENERAL),
    Figure.THREE_PUBLIC: (),
    Figure.ABROAD: (Figure.THREE_PUBLIC,),
    Figure.RECEPTION: (Figure.THREE_PUBLIC,),
    Figure.VEHICLES: (Figure.THREE_PUBLIC,),
    Figure.VEHICLE_PURCHASE: (Figure.VEHICLES, Figure.THREE_PUBLIC),
    Figure.VEHICLE_RUNNING: (Figure.VEHICLES, Figure.THREE_PUBLIC),
    Figure.OPERATING_COST: (),
}


def reason_of(found: dict[Figure, Change], figure: Figure) -> str:
    """Why a figure changed: its own reason, or that of a figure which serves it; "" where it did not change."""
    if not found[figure].by:
        return ""
    given = (found[one].reason for one in (figure, *_SERVED_BY.get(figure, ())))
    return next((reason.strip().rstrip("。") for reason in given if reason.strip()), "")


def unexplained(facts: BudgetFacts) -> list[Change]:
    """Changes that the text states and that still want their reason."""
    found = changes(facts)
    return [found[figure] for figure in _SERVED_BY if found[figure].by and not reason_of(found, figure)]

"""What the ledger's page shows: tree rows with their lines, balance, and the same as cells for one that was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.balance import Balance, balances
from chengyun.budget.ledger.calculations import Formula, as_said
from chengyun.budget.ledger.codes import Codes
from chengyun.budget.ledger.snapshots import key_of
from chengyun.budget.ledger.tree import Node, by_economic, by_function
from chengyun.budget.models.ledger import Budget, BudgetLine

VIEWS = ("function", "economic")


@dataclass(slots=True)
class Leaf:
    """A line as the page shows it. ``place`` is the column of its amount: first or second."""

    line: BudgetLine
    name: str
    place: str
    prior: Decimal | None
    calculation: str = ""

    @property
    def difference(self) -> Decimal | None:
        """This year less last year."""
        return None if self.prior is None else self.line.amount - self.prior


@dataclass(slots=True)
class Branch:
    """A code with the lines that stand at it."""

    node: Node
    leaves: list[Leaf] = field(default_factory=list)


def branches(budget: Budget, facts: BudgetFacts, codes: Codes, view: str) -> list[Branch]:
    """The whole tree in order; lines of nil stand in it, too, so that they can be filled in."""
    nodes = by_function(facts) if view == "function" else by_economic(facts)
    leaves = _leaves(budget, facts, codes, view)
    found = {node.code: Branch(node) for node in nodes}
    for code, here in leaves.items():
        found.setdefault(code, Branch(_empty(code, codes, view, facts))).leaves = here
    return [found[code] for code in sorted(found) if code] + [found[""]]


def _empty(code: str, codes: Codes, view: str, facts: BudgetFacts) -> Node:
    level = 3 if view == "function" else 2
    return Node(code, codes.name(code, view == "economic"), level, prior=NIL if facts.prior else None)


def _leaves(budget: Budget, facts: BudgetFacts, codes: Codes, view: str) -> dict[str, list[Leaf]]:
    before = _before(budget) if facts.prior else None
    rows = BudgetLine.objects.filter(budget=budget).select_related("project", "calculation")
    if view == "economic":
        rows = rows.filter(kind=LineKind.BASIC)
    found: dict[str, list[Leaf]] = {}
    for row in rows:
        code = row.func_code if view == "function" else row.eco_code
        prior = None if before is None else before.get(str(key_of(row)), NIL)
        found.setdefault(code, []).append(
            Leaf(row, _name(row, codes, view), _place(row, view), prior, _how(row))
        )
    return found


def _before(budget: Budget) -> dict[str, Decimal]:
    rows = BudgetLine.objects.filter(budget=budget.base_id).select_related("project")
    return {str(key_of(row)): row.amount for row in rows}


def _name(row: BudgetLine, codes: Codes, view: str) -> str:
    economic = f"{row.eco_code} {codes.name(row.eco_code, economic=True)}" if row.eco_code else ""
    if view == "economic":
        parts = [f"{row.func_code} {codes.name(row.func_code)}"]
    else:
        parts = [row.project.name if row.project else "", economic]
    if row.source != Source.GRANT:
        parts.append(Source(row.source).label)
    elif row.fund != Fund.GENERAL:
        parts.append(Fund(row.fund).label)
    return " · ".join(part for part in parts if part)


def _place(row: BudgetLine, view: str) -> str:
    if view == "function":
        return "first" if row.kind == LineKind.BASIC else "second"
    return "first" if row.eco_code[:3] in ("301", "303") else "second"


def _how(row: BudgetLine) -> str:
    made = row.calculation
    return as_said(Formula(made.formula), made.inputs) if made else ""


def sums(facts: BudgetFacts) -> dict[str, Any]:
    """Income, expenditure and their difference, with last year's expenditure where it is known."""
    rows = balances(facts)
    income, spending = sum((one.income for one in rows), NIL), sum((one.spending for one in rows), NIL)
    prior = sum((one.amount for one in facts.prior.lines), NIL) if facts.prior else None
    if prior is None:
        prior = facts.prior_figures.get("spending")
    return {
        "income": income,
        "spending": spending,
        "difference": income - spending,
        "prior": prior,
        "balances": [one for one in rows if one.income or one.spending],
        "off": [one for one in rows if one.difference],
    }


def cells(budget: Budget, facts: BudgetFacts, codes: Codes, view: str) -> dict[str, str]:
    """Every number of the page that may change when one amount does, by the name of its cell."""
    nodes = by_function(facts) if view == "function" else by_economic(facts)
    found: dict[str, str] = {}
    for node in nodes:
        for column in ("total", "first", "second", "difference"):
            value = getattr(node, column)
            found[f"{node.code or 'all'}-{column}"] = shown(value, signed=column == "difference")
    for here in _leaves(budget, facts, codes, view).values():
        for leaf in here:
            found[f"line-{leaf.line.pk}-difference"] = shown(leaf.difference, signed=True)
    said = sums(facts)
    for name in ("income", "spending", "difference"):
        found[f"sum-{name}"] = shown(said[name], nil="0.00")
    for row in balances(facts):
        found |= _balance_cells(row)
    return found


def _balance_cells(row: Balance) -> dict[str, str]:
    name = f"{row.source}-{row.fund}"
    return {
        f"{name}-spending": shown(row.spending, nil="0.00"),
        f"{name}-difference": shown(row.difference, nil="0.00"),
    }


def shown(value: Decimal | None, *, signed: bool = False, nil: str = "") -> str:
    """An amount for a cell: ``1,234.50``; nil and unknown are empty unless said otherwise."""
    if not value:
        return nil
    return f"{value:+,.2f}" if signed else f"{value:,.2f}"

"""Execution (执行): what was spent month by month, against the budget."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.kinds import LineKind
from chengyun.budget.models.history import Execution
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Spent:
    """One thing that money is spent on: basic expenditure, or a project by its code."""

    project: str
    name: str
    budget: Decimal
    months: dict[int, Decimal]

    @property
    def total(self) -> Decimal:
        """Spent so far."""
        return sum(self.months.values(), NIL)

    @property
    def share(self) -> Decimal | None:
        """Spent of the budget; None where the budget has nothing for it."""
        return self.total / self.budget if self.budget else None


def executed(budget_id: int, *, actor: Actor, project_id: int | None = None) -> dict[int, Decimal]:
    """Spent by month, 元: of one project, or of everything. A month without a row is left out.

    The newest row of a month and project counts. Empty for people who may not read budgets.
    """
    if not actor.holds(Post.BUDGET, Post.LEADER, Post.AUDITOR):
        return {}
    found: dict[int, Decimal] = {}
    for (month, _kind, project), amount in _newest(budget_id).items():
        if project_id is None or project == project_id:
            found[month] = found.get(month, NIL) + amount
    return dict(sorted(found.items()))


def spending(facts: BudgetFacts) -> list[Spent]:
    """Basic expenditure first, then every project of the budget."""
    rows = _newest(facts.budget_id)
    basic = sum((line.amount for line in facts.lines if line.kind is LineKind.BASIC), NIL)
    months = {month: rows[month, "basic", None] for month in MONTHS if (month, "basic", None) in rows}
    found = [Spent("", LineKind.BASIC.label, basic, months)]
    for project in facts.projects:
        key = ("project", project.id)
        months = {month: rows[month, *key] for month in MONTHS if (month, *key) in rows}
        found.append(Spent(project.code, project.name, project.requested, months))
    return found


def _newest(budget_id: int) -> dict[tuple[int, str, int | None], Decimal]:
    rows = Execution.objects.filter(budget_id=budget_id).order_by("pk")
    return {(row.month, row.kind, row.project_id): row.amount for row in rows}

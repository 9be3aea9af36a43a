"""What a form's money is: the ledger's where the ledger has it, else the form's own. All in 元."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from chengyun.budget.models import Budget, BudgetLine, Declaration
from chengyun.budget.performance.words import Level
from chengyun.budget.queries import executed
from chengyun.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Money:
    """The year's money. ``ledger`` is None where the ledger does not have it, ``spent`` where nothing was entered."""

    asked: Decimal
    ledger: Decimal | None
    months: dict[int, Decimal]

    @property
    def budget(self) -> Decimal:
        """What counts."""
        return self.asked if self.ledger is None else self.ledger

    @property
    def spent(self) -> Decimal | None:
        """Spent in the months that were entered."""
        return sum(self.months.values(), Decimal(0)) if self.months else None

    def spent_by(self, day: date, year: int) -> Decimal | None:
        """Spent up to a day's month; None where nothing was entered."""
        if day.year < year:
            return None
        last = 12 if day.year > year else day.month
        months = [amount for month, amount in self.months.items() if month <= last]
        return sum(months, Decimal(0)) if months else None


def money_of(form: Declaration, *, actor: Actor, year: int | None = None) -> Money:
    """Budget and execution of a form's project or department, of its own year unless another is named."""
    budget = _budget_of(form, year or form.fiscal_year)
    if budget is None:
        return Money(form.requested, None, {})
    lines = BudgetLine.objects.filter(budget=budget)
    if form.level == Level.PROJECT:
        if form.project_id is None:
            return Money(form.requested, None, {})
        lines = lines.filter(project=form.project_id)
    amount = lines.aggregate(sum=Sum("amount"))["sum"]
    months = executed(
        budget.pk, actor=actor, project_id=form.project_id if form.level == Level.PROJECT else None
    )
    return Money(form.requested, amount, months)


def _budget_of(form: Declaration, year: int) -> Budget | None:
    if form.budget is not None and form.budget.fiscal_year == year:
        return form.budget
    return budget_named(year, form.unit, form.department)


def budget_named(year: int, *names: str) -> Budget | None:
    """The year's budget of the first of these organisations that has one."""
    found = {one.org_name: one for one in Budget.objects.filter(fiscal_year=year, org_name__in=names)}
    return next((found[name] for name in names if name in found), None)

"""What the budget gives a project in a year: from the ledger, else a published figure that was entered. Reads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from chengyun.budget.models.contracts import YearAmount
from chengyun.budget.models.ledger import BudgetLine


@dataclass(frozen=True, slots=True)
class Budgeted:
    """An amount in yuan with where it stands. ``entered`` is the row, None where the ledger gave it."""

    amount: Decimal
    source: str
    entered: YearAmount | None = None


def budgeted(project: str, year: int) -> Budgeted | None:
    """The amount, or None where no budget of the year names the project."""
    if not project:
        return None
    lines = BudgetLine.objects.filter(project__name=project, budget__fiscal_year=year)
    if (amount := lines.aggregate(total=Sum("amount"))["total"]) is not None:
        return Budgeted(Decimal(amount), "")
    row = YearAmount.objects.filter(project=project, fiscal_year=year).order_by("-id").first()
    return Budgeted(row.amount, row.source, row) if row else None

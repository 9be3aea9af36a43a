"""Forms of targets (绩效目标申报表) that are published with the notes of their projects."""

from __future__ import annotations

from chengyun.budget.compiling.document import Form
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.performance import Declaration
from chengyun.budget.performance.layout import declaration_form
from chengyun.budget.performance.words import FormState, Level, Variant


def forms_of(budget: Budget) -> dict[str, Form]:
    """The declared form of each project of the year, by the project's code."""
    declared = Declaration.objects.filter(
        level=Level.PROJECT,
        variant=Variant.WORKING,
        state=FormState.DECLARED,
        fiscal_year=budget.fiscal_year,
        project__isnull=False,
    ).select_related("project", "scheme")
    return {one.project.code: declaration_form(one) for one in declared if one.project is not None}

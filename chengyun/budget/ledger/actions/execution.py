"""Enter what was spent in a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.kinds import LineKind
from chengyun.budget.ledger.actions.writing import any_stage
from chengyun.budget.models.history import Execution
from chengyun.budget.models.projects import ProjectYear
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing


@writing()
def enter_execution(
    budget_id: int, month: int, amounts: Mapping[str, Decimal], *, note: str = "", actor: Actor, now: datetime
) -> int:
    """What a month spent, by project code ("" for basic expenditure). A correction is a newer row.

    Returns how many rows were written: amounts that stand already are not written again. Raises ``Invalid``
    (month, or the code of a project that the budget does not have).
    """
    budget = any_stage(budget_id, actor=actor)
    if not 1 <= month <= 12:
        raise Invalid({"month": _("请填 1 到 12 月。")})
    projects = dict(ProjectYear.objects.filter(budget=budget).values_list("project__code", "project_id"))
    if unknown := [code for code in amounts if code and code not in projects]:
        raise Invalid({code: _("本年预算没有这个项目：%(code)s") % {"code": code} for code in unknown})
    known = {
        row.project_id: row.amount
        for row in Execution.objects.filter(budget=budget, month=month).order_by("pk")
    }
    rows = [
        Execution(
            budget=budget,
            at=now,
            by_id=actor.person_id,
            by_name=actor.name,
            month=month,
            kind=LineKind.PROJECT if code else LineKind.BASIC,
            project_id=projects.get(code),
            amount=amount,
            note=note.strip()[:200],
        )
        for code, amount in amounts.items()
        if known.get(projects.get(code)) != amount
    ]
    Execution.objects.bulk_create(rows)
    return len(rows)

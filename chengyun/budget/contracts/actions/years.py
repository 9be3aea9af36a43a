"""What a published budget gave a project in a year."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.contracts.policies import EDITING
from chengyun.budget.models.contracts import YearAmount
from chengyun.kernel.actor import Actor
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require
from chengyun.worktime.limits import Provenance


@writing()
def set_year_amount(
    *,
    project: str,
    fiscal_year: int,
    amount: Decimal,
    source: str,
    provenance: str = Provenance.PRIMARY,
    actor: Actor,
    now: datetime,
) -> YearAmount:
    """Enter the figure of a budget that is not in the ledger; an earlier figure stays as its history.

    Raises ``NotAllowed`` or ``Invalid`` (project, amount, source, provenance).
    """
    require(actor, *EDITING)
    faults: dict[str, str] = {}
    project, source = text("project", project, 80, faults), text("source", source, 200, faults)
    if amount < 0:
        faults["amount"] = _("不能是负数。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    stop_at(faults)
    return YearAmount.objects.create(
        project=project,
        fiscal_year=fiscal_year,
        amount=amount,
        source=source,
        provenance=provenance,
        at=now,
        by_name=actor.name,
    )

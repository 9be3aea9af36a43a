"""What every change of a ledger goes through: may it be, what was there, put it, write it down."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.budget.ledger.policies import WRITING
from chengyun.budget.ledger.state import Value, get, put
from chengyun.budget.models.history import Deed, Entry
from chengyun.budget.models.ledger import Budget
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.policies import require


def open_budget(budget_id: int, *, actor: Actor) -> Budget:
    """The budget for writing, locked until the transaction ends. Raises ``NotAllowed``, ``NotThere``, ``Refused``."""
    budget = any_stage(budget_id, actor=actor)
    if not budget.open:
        raise Refused(
            _("预算处于“%(stage)s”阶段，金额和说明已锁定。要修改，请先办理阶段变更。")
            % {"stage": budget.stage_of.label}
        )
    return budget


def any_stage(budget_id: int, *, actor: Actor) -> Budget:
    """The budget for writing what is no amount, in whatever stage. Raises ``NotAllowed``, ``NotThere``."""
    require(actor, *WRITING)
    found = Budget.objects.select_for_update().filter(pk=budget_id).first()
    if found is None:
        raise NotThere(_("没有这份预算。"))
    return found


def change(
    budget: Budget,
    deed: Deed,
    wanted: Iterable[tuple[str, Value]],
    *,
    actor: Actor,
    now: datetime,
    undoes: uuid.UUID | None = None,
) -> list[Entry]:
    """Put these values and write one entry for each that differs; together they are one act."""
    act = uuid.uuid4()
    made = []
    for key, value in wanted:
        before = get(budget, key)
        if before == value:
            continue
        put(budget, key, value)
        made.append(
            Entry(
                budget=budget,
                at=now,
                by_id=actor.person_id,
                by_name=actor.name,
                act=act,
                deed=deed,
                key=key,
                before=before,
                after=value,
                undoes=undoes,
            )
        )
    Entry.objects.bulk_create(made)
    if made:
        Budget.objects.filter(pk=budget.pk).update(revision=F("revision") + 1)
        budget.refresh_from_db(fields=["revision", "profile"])
    return made

"""Reasons for changes, last year's figures, and the facts of the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Figure
from chengyun.budget.ledger.actions.writing import change, open_budget
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.keys import PROFILE, prior_key, reason_key
from chengyun.budget.models.history import Deed
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

_LONGEST = 300


@writing()
def give_reasons(budget_id: int, reasons: Mapping[str, str], *, actor: Actor, now: datetime) -> int:
    """Say why figures changed, by key; "" takes a reason away. Returns how many differ from before."""
    budget = open_budget(budget_id, actor=actor)
    faults = {
        key: _("太长：最多 %(longest)s 个字。") % {"longest": _LONGEST}
        for key, text in reasons.items()
        if len(text.strip()) > _LONGEST
    }
    if faults:
        raise Invalid(faults)
    wanted = [(reason_key(key), " ".join(text.split()) or None) for key, text in reasons.items()]
    return len(change(budget, Deed.REASON, wanted, actor=actor, now=now))


@writing()
def set_prior(
    budget_id: int, figure: Figure, amount: Decimal | None, *, source: str, actor: Actor, now: datetime
) -> None:
    """Enter a figure of last year where its budget is not in the ledger. Raises ``Invalid`` (source)."""
    budget = open_budget(budget_id, actor=actor)
    if amount is not None and not source.strip():
        raise Invalid({"source": _("请写明上年数的出处。")})
    value = None if amount is None else {"amount": plain(amount), "source": source.strip()[:200]}
    change(budget, Deed.PRIOR, [(prior_key(figure), value)], actor=actor, now=now)


@writing()
def set_profile(budget_id: int, profile: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Replace the facts of the text, in the shape of ``Budget.profile``."""
    budget = open_budget(budget_id, actor=actor)
    change(budget, Deed.PROFILE, [(PROFILE, dict(profile))], actor=actor, now=now)

"""Warnings 90, 60 and 30 days ahead of a contract's end, each once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import contract_to_edit, write_down
from chengyun.budget.contracts.ends import WARN_AT, days_left, ending_ones
from chengyun.budget.contracts.words import ContractVerb
from chengyun.budget.models.contracts import ContractWarning
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing

log = logging.getLogger(__name__)


def notice_ends(*, now: datetime) -> list[ContractWarning]:
    """Notice the contracts that come to their end and are not renewed; returns the new warnings.

    Every bound that is passed is written down, so that a contract entered late is warned of once and not
    three times; the log and the history name the nearest bound.
    """
    today = local(now).date()
    found: list[ContractWarning] = []
    known = set(ContractWarning.objects.values_list("contract_id", "days", "ends_on"))
    for contract, ends_on in ending_ones(today):
        left = days_left(ends_on, today)
        new = [
            ContractWarning(contract=contract, days=days, ends_on=ends_on, noticed_at=now)
            for days in WARN_AT
            if left <= days and (contract.pk, days, ends_on) not in known
        ]
        if not new:
            continue
        with writing():
            ContractWarning.objects.bulk_create(new, ignore_conflicts=True)
            said = {"ends_on": [None, ends_on], "days_left": [None, left]}
            write_down(contract, ContractVerb.NOTICE_END, actor=SYSTEM, now=now, said=said)
        log.warning("contract %s ends on %s, in %s days, and is not renewed", contract.number, ends_on, left)
        found += new
    return found


@writing()
def see_notice(contract_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the warnings of a contract in: they leave the start page until the next bound is passed.

    Raises ``NotAllowed`` or ``NotThere``.
    """
    contract = contract_to_edit(contract_id, actor)
    rows = ContractWarning.objects.filter(contract=contract, seen_at=None)
    if not rows.update(seen_at=now, seen_by_name=actor.name):
        raise NotThere(_("这份合同没有待知悉的提醒。"))
    write_down(contract, ContractVerb.SEE_NOTICE, actor=actor, now=now)

"""Decide on a month of a contract: its bills against what was computed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import contract_to_edit, write_down
from chengyun.budget.contracts.months import first_of, written
from chengyun.budget.contracts.reconciling import month_of_contract
from chengyun.budget.contracts.words import ContractVerb, Match, Verdict
from chengyun.budget.models.contracts import Reconciliation
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Refused, Stale
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text


@writing()
def reconcile(
    contract_id: int,
    *,
    month: date,
    verdict: str,
    reason: str = "",
    computed: Decimal,
    billed: Decimal,
    actor: Actor,
    now: datetime,
) -> Reconciliation:
    """Write down what was decided on a month. ``computed`` and ``billed`` are the figures that the person saw.

    Figures that agree need no reason; others cannot be found right, only explained or disputed. Raises
    ``NotAllowed``, ``NotThere``, ``Stale``, ``Refused`` (the month is not over) or ``Invalid``.
    """
    contract = contract_to_edit(contract_id, actor)
    found = month_of_contract(contract, first_of(month), now=now)
    if found.match is Match.UNDER_WAY:
        raise Refused(_("这个月还没有过完，月底以后再核对。"))
    if (found.computed, found.billed) != (computed, billed):
        raise Stale(_("您打开页面之后使用量或账单已有变动，请刷新后再核对。"))
    faults: dict[str, str] = {}
    if verdict not in set(Verdict):
        faults["verdict"] = _("请选择核对结论。")
    elif verdict == Verdict.AGREED and found.match is not Match.AGREES:
        faults["verdict"] = _("账单与测算不符或资料不全，不能记为无误；请说明差额或提出异议。")
    reason = text("reason", reason, 300, faults, required=verdict != Verdict.AGREED)
    stop_at(faults)
    row = Reconciliation.objects.create(
        contract=contract,
        month=found.month,
        computed=found.computed,
        billed=found.billed,
        match=found.match,
        verdict=verdict,
        reason=reason,
        formulas=[[line.item.name, line.charge.formula, str(line.charge.amount)] for line in found.lines],
        at=now,
        by_name=actor.name,
    )
    said = {"computed": [None, found.computed], "billed": [None, found.billed], "verdict": [None, verdict]}
    about = written(found.month)
    verb = ContractVerb.RECONCILE
    write_down(contract, verb, actor=actor, now=now, about=about, said=said, reason=reason)
    return row

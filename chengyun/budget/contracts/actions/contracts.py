"""Enter, correct, renew and stop a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import change, contract_to_edit, differences, write_down
from chengyun.budget.contracts.policies import EDITING
from chengyun.budget.contracts.words import ContractVerb, Procurement
from chengyun.budget.models.contracts import Contract
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require
from chengyun.worktime.limits import Provenance


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What a contract says. Days are empty where it does not tell them."""

    number: str
    title: str
    service: str
    supplier: str
    source: str
    project: str = ""
    procurement: str = Procurement.NOT_TOLD
    signed_on: date | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    pay_within_days: int | None = None
    provenance: str = Provenance.PRIMARY
    note: str = ""


@writing()
def enter_contract(facts: ContractFacts, *, actor: Actor, now: datetime) -> Contract:
    """Enter a contract. Raises ``NotAllowed`` or ``Invalid`` (the fields of ``ContractFacts``)."""
    require(actor, *EDITING)
    row = Contract.objects.create(**_checked(facts, None), made_at=now)
    write_down(row, ContractVerb.ENTER, actor=actor, now=now)
    return row


@writing()
def correct_contract(
    contract_id: int, facts: ContractFacts, *, seen: int, actor: Actor, now: datetime
) -> Contract:
    """Correct what was entered wrongly. An example that somebody corrects is an example no longer.

    Raises ``NotAllowed``, ``NotThere``, ``Stale`` or ``Invalid``.
    """
    row = contract_to_edit(contract_id, actor)
    wanted = _checked(facts, row)
    _fits_renewals(row, facts)
    said = differences(row, wanted)
    if not said:
        return row
    change(Contract, row.pk, seen, {**wanted, "example": False})
    write_down(row, ContractVerb.CORRECT, actor=actor, now=now, said=said)
    row.refresh_from_db()
    return row


@writing()
def renew_contract(contract_id: int, facts: ContractFacts, *, actor: Actor, now: datetime) -> Contract:
    """Enter the contract that takes this one's place, with the same items; prices are corrected there.

    Where it begins before the older one ends, the older one holds to the day before. Raises ``NotAllowed``,
    ``NotThere`` or ``Invalid``.
    """
    old = contract_to_edit(contract_id, actor)
    wanted = _checked(facts, None)
    if facts.begins_on is None:
        raise Invalid({"begins_on": _("续签的合同要填开始日期。")})
    if old.begins_on is not None and facts.begins_on <= old.begins_on:
        raise Invalid({"begins_on": _("续签须晚于原合同的开始日期 %(day)s。") % {"day": old.begins_on}})
    new = Contract.objects.create(**wanted, renews=old, made_at=now)
    for item in old.items.all():
        item.pk = None
        item._state.adding = True
        item.contract = new
        item.save()
    write_down(old, ContractVerb.RENEW, actor=actor, now=now, about=new.number)
    write_down(new, ContractVerb.ENTER, actor=actor, now=now, about=old.number)
    return new


@writing()
def stop_contract(
    contract_id: int, *, stopped_on: date, reason: str, seen: int, actor: Actor, now: datetime
) -> Contract:
    """End a contract before its time; ``stopped_on`` is its last day.

    Raises ``NotAllowed``, ``NotThere``, ``Stale`` or ``Invalid`` (stopped_on, reason).
    """
    row = contract_to_edit(contract_id, actor)
    faults: dict[str, str] = {}
    reason = text("reason", reason, 300, faults)
    if row.begins_on and stopped_on < row.begins_on:
        faults["stopped_on"] = _("不能早于合同开始日期 %(day)s。") % {"day": row.begins_on}
    if row.ends_on and stopped_on >= row.ends_on:
        faults["stopped_on"] = _("合同 %(day)s 到期，提前终止要早于这一天。") % {"day": row.ends_on}
    stop_at(faults)
    change(Contract, row.pk, seen, {"stopped_on": stopped_on})
    said = {"stopped_on": [row.stopped_on, stopped_on]}
    write_down(row, ContractVerb.STOP, actor=actor, now=now, said=said, reason=reason)
    row.refresh_from_db()
    return row


_LENGTHS = {"number": 60, "title": 120, "service": 60, "supplier": 120, "source": 200}


def _checked(facts: ContractFacts, row: Contract | None) -> dict[str, object]:
    """The columns, or ``Invalid`` with every fault at once."""
    faults: dict[str, str] = {}
    wanted: dict[str, object] = {
        name: text(name, getattr(facts, name), longest, faults) for name, longest in _LENGTHS.items()
    }
    wanted["project"] = text("project", facts.project, 80, faults, required=False)
    wanted["note"] = text("note", facts.note, 300, faults, required=False)
    others = Contract.objects.filter(number=wanted["number"])
    if others.exclude(pk=row.pk if row else 0).exists():
        faults["number"] = _("已有编号为 %(number)s 的合同。") % {"number": wanted["number"]}
    if facts.begins_on and facts.ends_on and facts.ends_on < facts.begins_on:
        faults["ends_on"] = _("不能早于开始日期。")
    if facts.procurement not in set(Procurement):
        faults["procurement"] = _("请从列出的采购方式中选。")
    if facts.provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    if facts.pay_within_days is not None and not 0 <= facts.pay_within_days <= 365:
        faults["pay_within_days"] = _("请填 0 到 365 天。")
    stop_at(faults)
    for name in ("procurement", "signed_on", "begins_on", "ends_on", "pay_within_days", "provenance"):
        wanted[name] = getattr(facts, name)
    return wanted


def _fits_renewals(row: Contract, facts: ContractFacts) -> None:
    """A contract begins after the one it renews, and before those that renew it."""
    if row.renews_id and facts.begins_on is None:
        raise Invalid({"begins_on": _("续签的合同要填开始日期。")})
    if row.renews and row.renews.begins_on and facts.begins_on and facts.begins_on <= row.renews.begins_on:
        raise Invalid(
            {"begins_on": _("续签须晚于原合同的开始日期 %(day)s。") % {"day": row.renews.begins_on}}
        )
    first = min((one.begins_on for one in row.renewals.all() if one.begins_on), default=None)
    if first and facts.begins_on and facts.begins_on >= first:
        raise Invalid({"begins_on": _("须早于续签合同的开始日期 %(day)s。") % {"day": first}})

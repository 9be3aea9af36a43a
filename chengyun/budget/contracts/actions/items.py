"""Add, correct and remove the items of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import change, contract_to_edit, differences, write_down
from chengyun.budget.contracts.months import first_of
from chengyun.budget.contracts.words import ContractVerb, Feed, ItemKind, PartMonth
from chengyun.budget.models.contracts import Contract, ContractItem
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A price as the contract says it; see ``pricing.Terms``."""

    name: str
    kind: str
    unit: str
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    included: Decimal = _NOTHING
    price_above: Decimal = _NOTHING
    cap: Decimal | None = None
    part_month: str = PartMonth.WHOLE
    due_month: date | None = None
    feed: str = Feed.AGREED


@writing()
def add_item(contract_id: int, facts: ItemFacts, *, seen: int, actor: Actor, now: datetime) -> ContractItem:
    """Add an item. Raises ``NotAllowed``, ``NotThere``, ``Stale`` or ``Invalid`` (the fields)."""
    contract = contract_to_edit(contract_id, actor)
    wanted = _checked(contract, facts, None)
    change(Contract, contract.pk, seen, {"example": False})
    item = ContractItem.objects.create(contract=contract, **wanted)
    said = {name: [None, value] for name, value in wanted.items()}
    write_down(contract, ContractVerb.ADD_ITEM, actor=actor, now=now, about=item.name, said=said)
    return item


@writing()
def correct_item(item_id: int, facts: ItemFacts, *, seen: int, actor: Actor, now: datetime) -> ContractItem:
    """Correct what was entered wrongly; a new price from a day on is a renewal, not a correction.

    ``seen`` is the version of the contract. Raises as ``add_item``.
    """
    item, contract = _found(item_id, actor)
    wanted = _checked(contract, facts, item)
    said = differences(item, wanted)
    if not said:
        return item
    change(Contract, contract.pk, seen, {"example": False})
    ContractItem.objects.filter(pk=item.pk).update(**wanted)
    write_down(contract, ContractVerb.CORRECT_ITEM, actor=actor, now=now, about=item.name, said=said)
    item.refresh_from_db()
    return item


@writing()
def remove_item(item_id: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """Remove an item for which no usage was recorded. Raises as ``add_item``."""
    item, contract = _found(item_id, actor)
    if item.usage.exists():
        raise Invalid({"name": _("“%(name)s”已有使用量记录，不能删除。") % {"name": item.name}})
    change(Contract, contract.pk, seen, {"example": False})
    name = item.name
    item.delete()
    write_down(contract, ContractVerb.REMOVE_ITEM, actor=actor, now=now, about=name)


def _found(item_id: int, actor: Actor) -> tuple[ContractItem, Contract]:
    item = ContractItem.objects.filter(pk=item_id).first()
    if item is None:
        raise NotThere(_("没有这个合同项目。"))
    return item, contract_to_edit(item.contract_id, actor)


def _checked(contract: Contract, facts: ItemFacts, item: ContractItem | None) -> dict[str, Any]:
    faults: dict[str, str] = {}
    name, unit = text("name", facts.name, 60, faults), text("unit", facts.unit, 10, faults)
    same = ContractItem.objects.filter(contract=contract, name=name).exclude(pk=item.pk if item else 0)
    if same.exists():
        faults["name"] = _("这份合同已有“%(name)s”。") % {"name": name}
    for field in ("unit_price", "quantity", "included", "price_above", "cap"):
        value = getattr(facts, field)
        if value is not None and value < 0:
            faults[field] = _("不能是负数。")
    for field, words in (("kind", ItemKind), ("part_month", PartMonth), ("feed", Feed)):
        if getattr(facts, field) not in set(words):
            faults[field] = _("请从列出的值中选。")
    if facts.kind == ItemKind.ONE_OFF and facts.due_month is None:
        faults["due_month"] = _("一次性项目要填付款月份。")
    if facts.kind == ItemKind.ONE_OFF and facts.feed != Feed.AGREED:
        faults["feed"] = _("一次性项目不按使用量计费，请选“按约定数量”。")
    stop_at(faults)
    package = facts.kind == ItemKind.PACKAGE
    return {
        "name": name,
        "kind": facts.kind,
        "unit": unit,
        "unit_price": facts.unit_price,
        "quantity": facts.quantity if facts.kind == ItemKind.PER_UNIT else Decimal(1),
        "included": facts.included if package else _NOTHING,
        "price_above": facts.price_above if package else _NOTHING,
        "cap": facts.cap,
        "part_month": facts.part_month,
        "due_month": first_of(facts.due_month)
        if facts.kind == ItemKind.ONE_OFF and facts.due_month
        else None,
        "feed": facts.feed,
    }

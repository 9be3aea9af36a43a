"""Enter a bill, note its payment, make it void."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import change, contract_to_edit, write_down
from chengyun.budget.contracts.months import first_of, written
from chengyun.budget.contracts.words import ContractVerb
from chengyun.budget.models.contracts import Bill, Contract
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text

MOST = Decimal(10) ** 12  # yuan; above it somebody has slipped


@writing()
def enter_bill(
    contract_id: int,
    *,
    month: date,
    number: str,
    amount: Decimal,
    received_on: date,
    due_on: date | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Bill:
    """Enter the bill for a month. Without ``due_on`` the contract's days to pay count from its arrival.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (number, amount, received_on, due_on, note).
    """
    contract = contract_to_edit(contract_id, actor)
    faults: dict[str, str] = {}
    number, note = text("number", number, 60, faults), text("note", note, 200, faults, required=False)
    if not amount.is_finite() or not 0 < amount < MOST or amount != amount.quantize(Decimal("0.01")):
        faults["amount"] = _("请填大于 0 的金额，最多两位小数。")
    if received_on > local(now).date():
        faults["received_on"] = _("收到日期不能在今天以后。")
    if Bill.objects.filter(contract=contract, number=number, void=False).exists():
        faults["number"] = _("这份合同已有 %(number)s 号账单；如系重录，请先把原来的作废。") % {
            "number": number
        }
    if due_on is None and contract.pay_within_days is not None:
        due_on = received_on + timedelta(days=contract.pay_within_days)
    if due_on is None:
        faults["due_on"] = _("合同没有写明付款天数，请填最迟付款日期。")
    elif due_on < received_on:
        faults["due_on"] = _("不能早于收到日期。")
    stop_at(faults)
    assert due_on is not None
    bill = Bill.objects.create(
        contract=contract,
        month=first_of(month),
        number=number,
        amount=amount,
        received_on=received_on,
        due_on=due_on,
        note=note,
    )
    said = {"month": [None, written(bill.month)], "amount": [None, amount], "due_on": [None, due_on]}
    write_down(contract, ContractVerb.ENTER_BILL, actor=actor, now=now, about=number, said=said)
    return bill


@writing()
def pay_bill(
    bill_id: int, *, paid_on: date, voucher: str = "", seen: int, actor: Actor, now: datetime
) -> Bill:
    """Note that a bill was paid. Raises ``NotAllowed``, ``NotThere``, ``Refused``, ``Stale`` or ``Invalid``."""
    bill, contract = _found(bill_id, actor)
    if bill.void or bill.paid_on is not None:
        raise Refused(_("这张账单已付款或已作废。"))
    faults: dict[str, str] = {}
    voucher = text("voucher", voucher, 60, faults, required=False)
    if paid_on > local(now).date():
        faults["paid_on"] = _("付款日期不能在今天以后。")
    elif paid_on < bill.received_on:
        faults["paid_on"] = _("不能早于收到账单的日期 %(day)s。") % {"day": bill.received_on}
    stop_at(faults)
    change(Bill, bill.pk, seen, {"paid_on": paid_on, "voucher": voucher})
    said = {"paid_on": [None, paid_on], "voucher": [None, voucher]}
    write_down(contract, ContractVerb.PAY_BILL, actor=actor, now=now, about=bill.number, said=said)
    bill.refresh_from_db()
    return bill


@writing()
def take_back_payment(bill_id: int, *, reason: str, seen: int, actor: Actor, now: datetime) -> Bill:
    """Undo a payment that was noted by mistake. Raises as ``pay_bill``."""
    bill, contract = _found(bill_id, actor)
    if bill.void or bill.paid_on is None:
        raise Refused(_("这张账单没有登记付款。"))
    faults: dict[str, str] = {}
    reason = text("reason", reason, 300, faults)
    stop_at(faults)
    change(Bill, bill.pk, seen, {"paid_on": None, "voucher": ""})
    said = {"paid_on": [bill.paid_on, None], "voucher": [bill.voucher, ""]}
    verb = ContractVerb.TAKE_BACK_PAYMENT
    write_down(contract, verb, actor=actor, now=now, about=bill.number, said=said, reason=reason)
    bill.refresh_from_db()
    return bill


@writing()
def void_bill(bill_id: int, *, reason: str, seen: int, actor: Actor, now: datetime) -> Bill:
    """Make a bill void that was entered wrongly or replaced by the supplier. Raises as ``pay_bill``."""
    bill, contract = _found(bill_id, actor)
    if bill.void:
        raise Refused(_("这张账单已作废。"))
    if bill.paid_on is not None:
        raise Refused(_("已付款的账单不能作废；如付款登记有误，请先撤销。"))
    faults: dict[str, str] = {}
    reason = text("reason", reason, 300, faults)
    stop_at(faults)
    change(Bill, bill.pk, seen, {"void": True})
    said = {"amount": [bill.amount, None]}
    verb = ContractVerb.VOID_BILL
    write_down(contract, verb, actor=actor, now=now, about=bill.number, said=said, reason=reason)
    bill.refresh_from_db()
    return bill


def _found(bill_id: int, actor: Actor) -> tuple[Bill, Contract]:
    bill = Bill.objects.filter(pk=bill_id).first()
    if bill is None:
        raise NotThere(_("没有这张账单。"))
    return bill, contract_to_edit(bill.contract_id, actor)

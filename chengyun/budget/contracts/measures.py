"""What this part measures of itself: bills paid in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from chengyun.budget.contracts.ends import span_of
from chengyun.budget.contracts.months import between, days_held, last_of
from chengyun.budget.contracts.words import ItemKind
from chengyun.budget.models.contracts import Bill, Contract, ContractEvent
from chengyun.kernel.clock import local
from chengyun.kernel.measures import Measure, Measured, MeasureUnit, offer


def bills_paid_in_time(begin: datetime, end: datetime) -> Measured:
    """Bills that fell due in the period and were paid on or before that day, of all that fell due in it.

    Void bills do not count. Coverage is the share of contract months ending in the period (of contracts with a
    monthly item, examples left out) for which there is a bill.
    """
    first, last = local(begin).date(), local(end - timedelta(microseconds=1)).date()
    bills = Bill.objects.filter(due_on__gte=first, due_on__lte=last, void=False, contract__example=False)
    due = bills.count()
    paid = bills.filter(paid_on__lte=F("due_on")).count()
    version = ContractEvent.objects.filter(at__lt=end).aggregate(last=Max("id"))["last"] or 0
    expected = _contract_months(begin, end)
    billed = {
        (contract_id, month)
        for contract_id, month in Bill.objects.filter(void=False).values_list("contract_id", "month")
    }
    coverage = Decimal(len(expected & billed)) / len(expected) if expected else (Decimal(1) if due else None)
    return Measured(
        Decimal(paid), Decimal(due), coverage, f"contract-event:{version}", reverse("budget:bills")
    )


def _contract_months(begin: datetime, end: datetime) -> set[tuple[int, object]]:
    first, last = local(begin).date(), local(end - timedelta(microseconds=1)).date()
    contracts = Contract.objects.filter(example=False).prefetch_related("renewals", "items")
    found: set[tuple[int, object]] = set()
    for contract in contracts:
        if not any(item.kind != ItemKind.ONE_OFF for item in contract.items.all()):
            continue
        span = span_of(contract)
        if span.begin is None:
            continue
        found |= {
            (contract.pk, month)
            for month in between(first, last)
            if last_of(month) <= last and days_held(month, span.begin, span.end)
        }
    return found


def offer_measures() -> None:
    """Called when the room is ready."""
    offer(
        Measure(
            "budget.bills_paid_in_time",
            "账单按期支付率",
            "Bills paid in time",
            _("到期日在期内的有效账单中，付款日不晚于到期日的张数 ÷ 全部张数"),
            MeasureUnit.PERCENT,
            bills_paid_in_time,
        )
    )

"""A month of a contract: what it should cost, item by item, against what was billed. Reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from chengyun.budget.contracts.coverage import Span
from chengyun.budget.contracts.ends import span_of
from chengyun.budget.contracts.months import days_held, first_of, last_of
from chengyun.budget.contracts.pricing import CENT, Charge, charge
from chengyun.budget.contracts.usage import UsageBook, Used
from chengyun.budget.contracts.words import Feed, Match
from chengyun.budget.models.contracts import Bill, Contract, ContractItem, Reconciliation
from chengyun.kernel.clock import local

NOUGHT = Decimal("0.00")
Row = TypeVar("Row", Bill, ContractItem)


@dataclass(frozen=True, slots=True)
class Line:
    """One item: its cost with the formula, and the usage behind it."""

    item: ContractItem
    charge: Charge
    used: Used | None

    @property
    def lacks_usage(self) -> bool:
        """Whether the cost rests on an assumption that a record should replace."""
        return self.charge.assumed and self.item.feed != Feed.AGREED


@dataclass(frozen=True, slots=True)
class Month:
    """A contract's month. ``decided`` is the newest decision on it, if any."""

    contract: Contract
    month: date
    days: int  # on which the contract holds
    lines: tuple[Line, ...]
    bills: tuple[Bill, ...]
    over: bool
    decided: Reconciliation | None

    @property
    def computed(self) -> Decimal:
        """What it should cost."""
        return sum((line.charge.amount for line in self.lines), NOUGHT)

    @property
    def billed(self) -> Decimal:
        """What the valid bills come to."""
        return sum((bill.amount for bill in self.bills), NOUGHT)

    @property
    def difference(self) -> Decimal:
        """Billed above computed; negative where less was billed."""
        return self.billed - self.computed

    @property
    def match(self) -> Match:
        """How the two fit, within a cent."""
        if self.bills and not self.days and not self.computed:
            return Match.NO_TERM
        if not self.over and not self.bills:
            return Match.UNDER_WAY
        if not self.bills:
            return Match.NO_BILL if self.computed else Match.AGREES
        if any(line.lacks_usage for line in self.lines):
            return Match.NO_USAGE
        if not self.over:
            return Match.UNDER_WAY
        return Match.AGREES if abs(self.difference) <= CENT else Match.DIFFERS

    @property
    def stale(self) -> bool:
        """Whether the figures have changed since they were decided on."""
        one = self.decided
        return one is not None and (one.computed, one.billed) != (self.computed, self.billed)


def months_of_year(
    contracts: Iterable[Contract], months: Iterable[date], *, now: datetime
) -> dict[int, list[Month]]:
    """The months of each contract (by its id) in which it holds or was billed. A handful of statements."""
    contracts, months = list(contracts), list(months)
    ids = [contract.pk for contract in contracts]
    items = _grouped(ContractItem.objects.filter(contract_id__in=ids).order_by("id"))
    year = min(months).year if months else None
    book = UsageBook([item for some in items.values() for item in some], now=now, year=year)
    bills = _grouped(Bill.objects.filter(contract_id__in=ids, month__in=months, void=False).order_by("id"))
    rows = Reconciliation.objects.filter(contract_id__in=ids, month__in=months).order_by("id")
    decided = {(row.contract_id, row.month): row for row in rows}
    this_month = first_of(local(now).date())
    found: dict[int, list[Month]] = {}
    for contract in contracts:
        span = span_of(contract)
        for month in months:
            mine = tuple(bill for bill in bills.get(contract.pk, ()) if bill.month == month)
            one = Month(
                contract,
                month,
                days_held(month, span.begin, span.end),
                _lines(items.get(contract.pk, []), month, span, book),
                mine,
                month < this_month,
                decided.get((contract.pk, month)),
            )
            if one.days or one.bills:
                found.setdefault(contract.pk, []).append(one)
    return found


def month_of_contract(contract: Contract, month: date, *, now: datetime) -> Month:
    """One month of one contract, whether it holds in it or not."""
    found = months_of_year([contract], [month], now=now).get(contract.pk)
    over = last_of(month) < local(now).date()
    return found[0] if found else Month(contract, month, 0, (), (), over, None)


def _lines(items: Iterable[ContractItem], month: date, span: Span, book: UsageBook) -> tuple[Line, ...]:
    days = days_held(month, span.begin, span.end)
    lines = []
    for item in items:
        used = book.of(item, month)
        lines.append(Line(item, charge(item.terms, month, used.quantity if used else None, days), used))
    return tuple(lines)


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.contract_id, []).append(row)
    return found

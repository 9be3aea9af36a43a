"""How much of each item was used, month by month. Reads.

An item fed by the platform counts the segments (条) that the operator accepted. Only for a month in which the
platform sent nothing, as before it was in use, a record that somebody entered stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chengyun.budget.contracts.forecast import LOOK_BACK
from chengyun.budget.contracts.months import first_of, later
from chengyun.budget.contracts.words import Feed
from chengyun.budget.models.contracts import ContractItem, UsageRecord
from chengyun.kernel.clock import local
from chengyun.messaging.metering.usage import used_by_month


@dataclass(frozen=True, slots=True)
class Used:
    """A month's quantity. ``record`` is the row it comes from; None where the platform counted it."""

    quantity: Decimal
    record: UsageRecord | None


class UsageBook:
    """The usage of some items, read once."""

    def __init__(self, items: Iterable[ContractItem], *, now: datetime, year: int | None = None) -> None:
        self.items = list(items)
        today = first_of(local(now).date())
        self._first = min(later(today, -LOOK_BACK), later(date(year or today.year, 1, 1), -LOOK_BACK))
        self._messages: dict[date, int] = {}
        if any(item.feed == Feed.MESSAGES for item in self.items):
            self._messages = used_by_month(self._first, today)
        self._records: dict[tuple[int, date], UsageRecord] = {}
        for row in UsageRecord.objects.filter(item__in=self.items, month__gte=self._first).order_by("id"):
            self._records[row.item_id, row.month] = row

    def of(self, item: ContractItem, month: date) -> Used | None:
        """What was used of an item in a month, if it is known."""
        if item.feed == Feed.AGREED:
            return None
        if item.feed == Feed.MESSAGES and (count := self._messages.get(month)):
            return Used(Decimal(count), None)
        record = self._records.get((item.pk, month))
        return Used(record.quantity, record) if record else None

    def months_of(self, items: Iterable[ContractItem]) -> Mapping[date, Decimal]:
        """All known months of items that follow one another; where two know a month, the last one counts."""
        found: dict[date, Decimal] = {}
        for item in items:
            if item.feed == Feed.AGREED:
                continue
            found |= {
                month: row.quantity for (item_id, month), row in self._records.items() if item_id == item.pk
            }
            if item.feed == Feed.MESSAGES:
                found |= {month: Decimal(count) for month, count in self._messages.items() if count}
        return found

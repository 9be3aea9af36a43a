"""When contracts end, how they stand, and which of them are about to end. Reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from chengyun.budget.contracts.coverage import Span, held
from chengyun.budget.contracts.words import Standing
from chengyun.budget.models.contracts import Contract

WARN_AT = (90, 60, 30)  # days ahead of the end


def span_of(contract: Contract) -> Span:
    """The days on which a contract really holds; its renewals should be prefetched."""
    begins = [one.begins_on for one in contract.renewals.all() if one.begins_on]
    span = held(contract.begins_on, contract.ends_on, contract.stopped_on, begins)
    return Span(span.begin, span.end, contract.number)


def days_left(ends_on: date, today: date) -> int:
    """Days from today to the last day."""
    return (ends_on - today).days


def is_renewed(contract: Contract) -> bool:
    """Whether another contract takes its place without a gap."""
    end = min((day for day in (contract.ends_on, contract.stopped_on) if day), default=None)
    return any(
        one.begins_on is not None and (end is None or one.begins_on <= end + timedelta(days=1))
        for one in contract.renewals.all()
    )


def standing_on(contract: Contract, day: date) -> Standing:
    """How a contract stands on a day."""
    span = span_of(contract)
    if span.begin and day < span.begin:
        return Standing.NOT_BEGUN
    if span.end is None:
        return Standing.NOT_TOLD
    if day > span.end:
        if is_renewed(contract):
            return Standing.RENEWED
        return Standing.STOPPED if contract.stopped_on == span.end else Standing.ENDED
    soon = days_left(span.end, day) <= WARN_AT[0] and not is_renewed(contract)
    return Standing.ENDS_SOON if soon else Standing.IN_FORCE


def ending_ones(today: date, contracts: Iterable[Contract] | None = None) -> list[tuple[Contract, date]]:
    """Contracts that end within 90 days and have no successor, with their last day. Examples are left out."""
    if contracts is None:
        contracts = Contract.objects.filter(example=False).prefetch_related("renewals")
    found = []
    for contract in contracts:
        end = span_of(contract).end
        if end and standing_on(contract, today) is Standing.ENDS_SOON:
            found.append((contract, end))
    return sorted(found, key=lambda pair: (pair[1], pair[0].pk))

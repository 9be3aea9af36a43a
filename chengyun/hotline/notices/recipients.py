"""Who is told: the order's caller, and the callers of the orders merged into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.cases.models import Case, Contact
from chengyun.messaging.numbers import mobile


@dataclass(frozen=True, slots=True)
class Recipient:
    """A caller: the order that is theirs, and the number that can take a message, or the one they left."""

    case: Case
    phone: str


def recipients_of(case: Case, *, merged: bool) -> Iterator[Recipient]:
    """The caller, then with ``merged`` those of merged orders. Nobody twice, nobody without a number.

    Who wants no reply is left out by whoever asks: that they are told of the acceptance is another question.
    """
    orders = [case, *(_merged_into(case) if merged else ())]
    contacts = Contact.objects.in_bulk([order.pk for order in orders])
    told: set[str] = set()
    for order in orders:
        phone = number_of(contacts.get(order.pk))
        if phone and phone not in told:
            told.add(phone)
            yield Recipient(order, phone)


def number_of(contact: Contact | None) -> str:
    """The first of the caller's numbers that is a mobile; else the first there is, for the record."""
    if contact is None:
        return ""
    numbers = [one for one in (contact.phone, contact.other_phone) if one.strip()]
    return next((mobile(one) for one in numbers if mobile(one)), numbers[0] if numbers else "")


def _merged_into(case: Case) -> list[Case]:
    """Orders merged into this one, also by way of others."""
    found: dict[int, Case] = {}
    level = [case.pk]
    while level:
        fresh = [one for one in Case.objects.filter(merged_into__in=level) if one.pk not in found]
        found.update((one.pk, one) for one in fresh)
        level = [one.pk for one in fresh]
    return sorted(found.values(), key=lambda one: one.pk)

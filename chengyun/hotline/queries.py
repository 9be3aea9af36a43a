"""Named reads of this room."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from chengyun.cases.labels import state_label
from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import mask_text
from chengyun.hotline import policies
from chengyun.kernel.actor import Actor
from chengyun.kernel.masking import mask_name

LEAST_DIGITS, MOST = 7, 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier order of the same caller, masked."""

    number: str
    title: str
    state: str
    meaning: str
    registered_at: datetime
    open: bool
    caller: str


def earlier_orders(phone: str, actor: Actor) -> tuple[list[Earlier], int]:
    """Orders with this telephone, open ones first, then the newest; at most eight, and how many there are.

    Only for those who take orders in. Raises ``NotAllowed``.
    """
    policies.require(actor, policies.REGISTERING)
    if not is_whole(phone):
        return [], 0
    digits = _digits(phone)
    ids = Contact.objects.filter(phone=digits).order_by("-case_id").values_list("case_id", flat=True)[:200]
    rows = Case.objects.seen_by(actor).filter(pk__in=list(ids), kind="hotline")
    rows = rows.select_related("contact").order_by("-registered_at")
    found = [_earlier(row) for row in rows]
    return sorted(found, key=lambda one: not one.open)[:MOST], len(found)


def is_whole(phone: str) -> bool:
    """Whether enough has been typed to be a telephone number."""
    digits = _digits(phone)
    return len(digits) >= LEAST_DIGITS and digits.lstrip("+").isdigit()


def _digits(phone: str) -> str:
    return re.sub(r"[\- ]", "", phone)


def _earlier(row: Case) -> Earlier:
    word, meaning = state_label(row.kind, row.state)
    return Earlier(
        number=row.number,
        title=mask_text(row.title, row.contact),
        state=word,
        meaning=meaning,
        registered_at=row.registered_at,
        open=row.closed_at is None,
        caller=mask_name(row.contact.name),
    )

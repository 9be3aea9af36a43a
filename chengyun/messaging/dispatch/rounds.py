"""One round with a gateway that answers at once: claim, hand over, write down."""

from __future__ import annotations

import logging
from datetime import datetime

from chengyun.messaging.codes import in_words
from chengyun.messaging.dispatch.claim import claim, put_back
from chengyun.messaging.dispatch.standing import may_serve, note_down, note_up
from chengyun.messaging.dispatch.store import store_outcomes
from chengyun.messaging.gateways import Gateway, GatewayDown, Outcome, Outgoing, Taken

log = logging.getLogger(__name__)


def run_round(gateway: Gateway, most: int, *, now: datetime) -> int:
    """Hand over one batch if this gateway may serve; returns how many messages it was.

    A gateway that is down gets a single message, to see whether it lives again. No transaction is open while
    it is asked.
    """
    row, takes = may_serve(gateway.name, now)
    if row is None:
        return 0
    # A rehearsal beside a real gateway does not count for the real package.
    metered = row.metered and False in takes
    batch = claim(gateway.name, most if row.down_since is None else 1, now=now, rehearsal=takes)
    if not batch:
        return 0
    try:
        outcomes = gateway.submit(batch)
    except GatewayDown as trouble:
        put_back(batch, now=now)
        note_down(gateway.name, str(trouble), now=now)
        return 0
    except Exception as trouble:
        log.exception("the gateway %s failed", gateway.name)
        outcomes = [Outcome(one.message_id, Taken.UNSURE, code="no_answer") for one in batch]
        store_outcomes(gateway.name, batch, outcomes, metered=metered, now=now)
        note_down(gateway.name, f"{type(trouble).__name__}: {trouble}", now=now)
        return len(batch)
    store_outcomes(gateway.name, batch, outcomes, metered=metered, now=now)
    _note(gateway.name, batch, outcomes, now)
    return len(batch)


def _note(name: str, batch: list[Outgoing], outcomes: list[Outcome], now: datetime) -> None:
    """A gateway that took nothing of a batch, and refused nothing either, is in trouble."""
    if any(one.taken in (Taken.ACCEPTED, Taken.REFUSED) for one in outcomes):
        note_up(name, now=now)
        return
    code = next((one.code for one in outcomes if one.code), "no_answer")
    note_down(name, in_words(code), now=now)

"""What citizens write back: kept first, then offered to whoever registered, until one takes it up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError

from chengyun.kernel.writing import writing
from chengyun.messaging.actions.opt_outs import opt_in_by_message, opt_out_by_message
from chengyun.messaging.gateways import Inbound
from chengyun.messaging.models import InboundMessage
from chengyun.messaging.numbers import mobile
from chengyun.messaging.rules import Rules, rules_at
from chengyun.messaging.wording import storable

log = logging.getLogger(__name__)
Act = Callable[..., bool]
MOST_TRIES = 6
BATCH = 200
# Names under which this room itself takes a message up.
OPT_OUT, OPT_IN = "opt_out", "opt_in"
LONGEST_TEXT = 2000

_acts: dict[str, Act] = {}


def on_message(name: str, act: Act) -> None:
    """Register ``act(inbound, *, now) -> bool``; True means taken up, and nobody else is asked.

    Acts are asked in the order of registration, inside a transaction together with the note that the message
    was handled. One that raises is asked again later; the message is not lost.
    """
    _acts[name] = act


def keep(gateway: str, arrivals: Sequence[Inbound], *, now: datetime) -> int:
    """Write incoming messages down; one with an id that is there already is the same again. Returns how many
    were given."""
    rows = [
        InboundMessage(
            gateway=gateway,
            gateway_id=storable(one.gateway_id, 64) or None,
            phone=mobile(one.phone) or storable(one.phone, 32),
            text=storable(one.text, LONGEST_TEXT),
            src_id=storable(one.src_id, 32),
            sent_at=one.sent_at,
            received_at=now,
            next_try_at=now,
        )
        for one in arrivals
    ]
    with writing():
        InboundMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def hear(*, now: datetime) -> None:
    """Offer what nobody has heard yet, oldest first."""
    waiting = InboundMessage.objects.filter(heard_at=None, next_try_at__lte=now).order_by("id")
    numbers = list(waiting.values_list("pk", flat=True)[:BATCH])
    if not numbers:
        return
    rules = rules_at(now)
    for number in numbers:
        try:
            _hear_one(number, rules, now)
        except Exception as error:
            log.exception("incoming message %s was not handled", number)
            _put_off(number, error, now)


def _hear_one(number: int, rules: Rules, now: datetime) -> None:
    with writing():
        row = InboundMessage.objects.select_for_update().get(pk=number)
        if row.heard_at is not None:
            return
        taker = _taken_by(row, rules, now)
        InboundMessage.objects.filter(pk=number).update(heard_at=now, handled_by=taker, error="")


def _taken_by(row: InboundMessage, rules: Rules, now: datetime) -> str:
    word = row.text.strip().upper()
    if word in rules.opt_out_words:
        opt_out_by_message(row.phone, row.text.strip(), now=now)
        return OPT_OUT
    if word in rules.opt_in_words:
        opt_in_by_message(row.phone, row.text.strip(), now=now)
        return OPT_IN
    return next((name for name, act in _acts.items() if act(row, now=now)), "")


def _put_off(number: int, error: Exception, now: datetime) -> None:
    """Wait twice as long each time; after the last try it stays in the list, unheard by machines, for people."""
    try:
        with writing():
            row = InboundMessage.objects.get(pk=number)
            row.tries += 1
            row.error = f"{type(error).__name__}: {error}"[:200]
            row.next_try_at = now + timedelta(seconds=30 * 2**row.tries)
            row.heard_at = now if row.tries >= MOST_TRIES else None
            row.save(update_fields=["tries", "error", "next_try_at", "heard_at"])
    except DatabaseError:
        log.exception("incoming message %s could not be put off", number)

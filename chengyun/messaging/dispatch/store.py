"""Writing down what gateways and links tell. Everything may come late, twice, or in the wrong order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from chengyun.kernel.writing import writing
from chengyun.messaging import inbound
from chengyun.messaging.dispatch.settle import settle_answers, settle_reports
from chengyun.messaging.gateways import Event, Inbound, Outcome, Outgoing, StatusReport, SubmitAnswer, Taken
from chengyun.messaging.models import HandOver, Message, Receipt
from chengyun.messaging.states import MessageState
from chengyun.messaging.wording import storable

CHUNK = 500


def store_outcomes(
    gateway: str, batch: Sequence[Outgoing], outcomes: Iterable[Outcome], *, metered: bool, now: datetime
) -> None:
    """Write what a gateway answered for a batch. A message that it did not speak of may have been taken."""
    answers = {outcome.message_id: outcome for outcome in outcomes}
    rows: list[HandOver] = []
    for one in batch:
        outcome = answers.get(one.message_id) or Outcome(one.message_id, Taken.UNSURE, code="no_answer")
        rows += _hand_overs(gateway, one, outcome, metered, now)
    said = {number: storable(outcome.said, 200) for number, outcome in answers.items() if outcome.said}
    with writing():
        HandOver.objects.bulk_create(rows, ignore_conflicts=True)
        sent = settle_answers([one.message_id for one in batch], said, now=now)
        settle_reports(sent, now=now)


def _hand_overs(
    gateway: str, one: Outgoing, outcome: Outcome, metered: bool, now: datetime
) -> list[HandOver]:
    """A row for each segment that has a number of its own, else one row for the whole message."""
    each = len(outcome.gateway_ids) == len(one.segments) > 1
    ids = outcome.gateway_ids if each else (outcome.gateway_ids or ("",))[:1]
    return [
        HandOver(
            message_id=one.message_id,
            attempt=one.tries,
            number=place if each else 0,
            segments=1 if each else len(one.segments),
            gateway=gateway,
            gateway_id=storable(gateway_id, 64),
            taken=outcome.taken.value,
            code=storable(outcome.code, 60),
            metered=metered,
            at=now,
        )
        for place, gateway_id in enumerate(ids, 1)
    ]


def store_events(gateway: str, events: Sequence[Event], *, metered: bool, now: datetime) -> None:
    """Write what a link told since the last time, all in one transaction."""
    answers = [one for one in events if isinstance(one, SubmitAnswer)]
    reports = [one for one in events if isinstance(one, StatusReport)]
    arrivals = [one for one in events if isinstance(one, Inbound)]
    with writing():
        touched = _store_answers(gateway, answers, metered, now)
        touched |= _store_reports(gateway, reports, now)
        settle_reports(touched, now=now)
        if arrivals:
            inbound.keep(gateway, arrivals, now=now)


def store_reports(gateway: str, reports: Sequence[StatusReport], *, now: datetime) -> None:
    """Write status reports that came by themselves, as through the HTTP callback."""
    store_events(gateway, reports, metered=True, now=now)


def _store_answers(gateway: str, answers: Sequence[SubmitAnswer], metered: bool, now: datetime) -> set[int]:
    numbers = {one.message_id for one in answers}
    if not numbers:
        return set()
    tries = dict(
        Message.objects.filter(pk__in=numbers, state=MessageState.SENDING).values_list("pk", "tries")
    )
    rows = [
        HandOver(
            message_id=one.message_id,
            attempt=tries[one.message_id],
            number=one.segment,
            gateway=gateway,
            gateway_id=storable(one.gateway_id, 64),
            taken=one.taken.value,
            code=storable(one.code, 60),
            metered=metered,
            at=now,
        )
        for one in answers
        if one.message_id in tries
    ]
    HandOver.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    said = {
        one.message_id: storable(one.said, 200) for one in answers if one.said and one.taken != Taken.ACCEPTED
    }
    return settle_answers(tries, said, now=now)


def _store_reports(gateway: str, reports: Sequence[StatusReport], now: datetime) -> set[int]:
    """The messages that these reports speak of; a report of one that is not known yet waits in its table."""
    rows = [
        Receipt(
            gateway=gateway,
            gateway_id=storable(one.gateway_id, 64),
            code=storable(one.code.strip(), 60),
            received_at=now,
            done_at=one.done_at,
        )
        for one in reports
        if storable(one.gateway_id, 64)
    ]
    if not rows:
        return set()
    Receipt.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    return set(
        HandOver.objects.filter(gateway=gateway, gateway_id__in={row.gateway_id for row in rows}).values_list(
            "message_id", flat=True
        )
    )

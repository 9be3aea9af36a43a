"""What this room does by the clock, in the worker's main thread. Nothing here waits for another machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from chengyun.kernel.writing import writing
from chengyun.messaging import inbound
from chengyun.messaging.dispatch.claim import recover
from chengyun.messaging.dispatch.rounds import run_round
from chengyun.messaging.dispatch.standing import practising, serving
from chengyun.messaging.gateways import Gateway
from chengyun.messaging.gateways.kinds import KINDS, made
from chengyun.messaging.metering.warnings import notice_warnings
from chengyun.messaging.models import GatewayRow, InboundMessage, Message
from chengyun.messaging.rules import rules_at
from chengyun.messaging.states import MessageState

LOCAL_BATCH, MOST_ROUNDS = 200, 20
FORGOTTEN_AT_ONCE = 2000


def send_waiting(*, now: datetime) -> None:
    """Send what waits through the local gateways (file, console), which answer at once.

    Gateways on other machines have threads of their own (``dispatch.running``), so that a dead one stops nothing.
    """
    rows = {row.pk: row for row in (*serving(now), *practising(now)) if KINDS[row.kind].local}
    for row in rows.values():
        recover(row.name, now=now)
        gateway: Gateway = made(row)  # type: ignore[assignment]  # local kinds are no links
        for _round in range(MOST_ROUNDS):
            if run_round(gateway, LOCAL_BATCH, now=now) < LOCAL_BATCH:
                break


def hear_inbound(*, now: datetime) -> None:
    """Offer incoming messages to those who wait for them."""
    inbound.hear(now=now)


def give_up_waiting(*, now: datetime) -> None:
    """A message whose report never came is of unknown outcome after some days; a late report still counts."""
    long_ago = now - timedelta(hours=rules_at(now).unknown_after)
    reporting = [
        row.name for row in GatewayRow.objects.all() if row.kind in KINDS and KINDS[row.kind].reports
    ]
    waiting = Message.objects.filter(state=MessageState.SENT, sent_at__lt=long_ago, gateway__in=reporting)
    if waiting.exists():
        with writing():
            waiting.update(state=MessageState.UNKNOWN, ended_at=now)


def watch_package(*, now: datetime) -> None:
    """Notice when the month's use passes a share of the package."""
    notice_warnings(now=now)


def forget_old_texts(*, now: datetime) -> None:
    """Delete numbers and texts after their time; what was sent and what it cost stays."""
    long_ago = now - timedelta(days=rules_at(now).kept_days)
    old = Message.objects.filter(~Q(state=MessageState.QUEUED), written_at__lt=long_ago, forgotten_at=None)
    heard = InboundMessage.objects.filter(received_at__lt=long_ago, forgotten_at=None)
    for rows, hidden in ((old, {"phone": "", "text": "", "said": ""}), (heard, {"phone": "", "text": ""})):
        numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
        if numbers:
            with writing():
                rows.model.objects.filter(pk__in=numbers).update(forgotten_at=now, **hidden)

"""Reads of the log and the overview, for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import SHANGHAI
from chengyun.messaging.codes import in_words
from chengyun.messaging.gateways.kinds import KINDS
from chengyun.messaging.models import GatewayRow, HandOver, Message, Receipt
from chengyun.messaging.numbers import mobile
from chengyun.messaging.states import MessageState


def log_of(actor: Actor, said: dict[str, Any]) -> QuerySet[Message]:
    """The log, newest first, narrowed. A whole number in ``q`` finds its messages; a part of one finds none, so
    that masked digits cannot be guessed one by one."""
    rows = Message.objects.seen_by(actor).select_related("version__template").order_by("-id")
    if words := (said.get("q") or "").strip():
        phone = mobile(words)
        rows = rows.filter(phone=phone) if phone else rows.filter(Q(about=words) | Q(key=words))
    for field in ("state", "gateway"):
        if said.get(field):
            rows = rows.filter(**{field: said[field]})
    if said.get("template"):
        rows = rows.filter(template_name=said["template"])
    if said.get("begin"):
        rows = rows.filter(written_at__gte=_midnight(said["begin"]))
    if said.get("end"):
        rows = rows.filter(written_at__lt=_midnight(said["end"] + timedelta(days=1)))
    return rows.filter(possibly_twice=True) if said.get("twice") else rows


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a message's course."""

    at: datetime
    what: str
    code: str
    gateway: str = ""
    gateway_id: str = ""
    piece: int = 0
    attempt: int = 0
    meaning: str = "calm"


def course_of(message: Message) -> list[Step]:
    """Hand-overs and receipts of a message in the order in which they came."""
    handed = list(HandOver.objects.filter(message=message).order_by("at", "number"))
    steps = [
        Step(
            one.at,
            one.taken,
            in_words(one.code),
            one.gateway,
            one.gateway_id,
            one.number,
            one.attempt,
            {"accepted": "good", "refused": "overdue"}.get(one.taken, "due-soon"),
        )
        for one in handed
    ]
    place = {(one.gateway, one.gateway_id): one for one in handed if one.gateway_id}
    found = Q(pk__in=[])
    for gateway in {one.gateway for one in handed}:
        ids = [one.gateway_id for one in handed if one.gateway == gateway and one.gateway_id]
        found |= Q(gateway=gateway, gateway_id__in=ids)
    for told in Receipt.objects.filter(found):
        one = place[told.gateway, told.gateway_id]
        steps.append(
            Step(
                told.received_at,
                "report",
                in_words(told.code),
                told.gateway,
                told.gateway_id,
                one.number,
                one.attempt,
                "good" if told.code == "DELIVRD" else "due-soon",
            )
        )
    return sorted(steps, key=lambda step: step.at)


def counts_by_state(since: datetime) -> dict[str, int]:
    """How many messages written since then stand in each state."""
    rows = Message.objects.filter(written_at__gte=since).values("state").annotate(n=Count("pk")).order_by()
    return {row["state"]: row["n"] for row in rows}


def waiting() -> int:
    """How long the queue is."""
    return Message.objects.waiting().count()


def gateway_lines(midnight: datetime) -> list[tuple[GatewayRow, Any, int, int]]:
    """Each gateway with its kind, what it has in hand, and what it was given today."""
    in_hand = _by_gateway(Message.objects.filter(state=MessageState.SENDING))
    today = _by_gateway(Message.objects.filter(claimed_at__gte=midnight, sent_at__gte=midnight))
    return [
        (row, KINDS.get(row.kind), in_hand.get(row.name, 0), today.get(row.name, 0))
        for row in GatewayRow.objects.all()
    ]


def _by_gateway(rows: QuerySet[Message]) -> dict[str, int]:
    return {one["gateway"]: one["n"] for one in rows.values("gateway").annotate(n=Count("pk")).order_by()}

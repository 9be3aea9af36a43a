"""Named reads of this room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from chengyun.kernel.actor import Actor
from chengyun.messaging.models import Message, OptOut
from chengyun.messaging.numbers import mobile
from chengyun.messaging.rules import rules_at
from chengyun.messaging.states import MessageState

# An answer shows that the message arrived, whatever the operator has reported of it.
_MAY_BE_ANSWERED = (
    MessageState.SENDING,
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.UNKNOWN,
    MessageState.FAILED,
)


def latest_awaiting(phone: str, prefix: str, *, now: datetime) -> Message | None:
    """The newest message to this number whose ``awaits`` begins so and whose time for an answer is not over."""
    return awaiting(phone, prefix, now=now).first()


def awaiting(phone: str, prefix: str, *, now: datetime) -> QuerySet[Message]:
    """All such messages, newest first."""
    since = now - timedelta(days=rules_at(now).answer_days)
    return Message.objects.filter(
        phone=mobile(phone) or phone,
        awaits__startswith=prefix,
        written_at__gte=since,
        written_at__lte=now,
        state__in=_MAY_BE_ANSWERED,
        tries__gt=0,
    ).order_by("-written_at", "-id")


def messages_about(about: str, actor: Actor) -> QuerySet[Message]:
    """The messages with this reference, oldest first, as this person may see them."""
    return (
        Message.objects.seen_by(actor)
        .filter(about=about)
        .select_related("version__template")
        .order_by("written_at", "id")
    )


def opted_out(phone: str) -> bool:
    """Whether this number wants no notices."""
    return OptOut.objects.holding().filter(phone=mobile(phone) or phone).exists()

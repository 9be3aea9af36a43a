"""Taking messages out of the queue for one gateway, and putting back what surely was not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import F

from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.messaging.gateways import Outgoing
from chengyun.messaging.models import Message, OptOut
from chengyun.messaging.rules import Rules, rules_at
from chengyun.messaging.states import MessageState, Why
from chengyun.messaging.text import split


def anything_due(now: datetime) -> bool:
    """Whether a message waits whose time has come."""
    return Message.objects.filter(state=MessageState.QUEUED, next_try_at__lte=now).exists()


def claim(
    gateway: str, most: int, *, now: datetime, rehearsal: Collection[bool] = (False,)
) -> list[Outgoing]:
    """Take up to ``most`` due messages for this gateway, urgent ones first; from now on they are ``SENDING``.

    What may not go out now leaves the batch: too late, opted out meanwhile, over the day's cap; what would
    disturb in quiet hours waits until they end. ``rehearsal``: whether it takes real messages, rehearsals, both.
    """
    due = Message.objects.filter(
        state=MessageState.QUEUED, next_try_at__lte=now, rehearsal__in=list(rehearsal)
    )
    # Asked first with a plain read: looking for work must not take SQLite's write lock each time.
    if most < 1 or not due.exists():
        return []
    with writing():
        in_order = due.order_by("-urgent", "next_try_at", "id")
        rows = list(in_order.select_for_update(skip_locked=True)[:most])
        going = _may_go(rows, rules_at(now), now)
        Message.objects.filter(pk__in=[row.pk for row in going]).update(
            state=MessageState.SENDING, gateway=gateway, tries=F("tries") + 1, claimed_at=now
        )
    return [
        Outgoing(
            row.pk,
            row.key,
            row.phone,
            tuple(split(row.text)),
            tries=row.tries + 1,
            possibly_twice=row.possibly_twice,
        )
        for row in going
    ]


def _may_go(rows: Sequence[Message], rules: Rules, now: datetime) -> list[Message]:
    """Those of the rows that may go out now; the others are put aside."""
    aside: dict[str, list[int]] = {}
    quiet_end = rules.quiet_end(now)
    phones = {row.phone for row in rows if not row.urgent}
    gone = set(OptOut.objects.holding().filter(phone__in=phones).values_list("phone", flat=True))
    today = _sent_today(phones, [row.pk for row in rows], now)
    going: list[Message] = []
    for row in rows:
        why = _why_not(row, row.phone in gone, today[row.phone] >= rules.daily_cap, now)
        if why:
            aside.setdefault(why, []).append(row.pk)
        elif quiet_end is not None and not row.urgent:
            aside.setdefault("", []).append(row.pk)
        else:
            going.append(row)
            today[row.phone] += 0 if row.urgent else 1
    for why, numbers in aside.items():
        put = Message.objects.filter(pk__in=numbers)
        if why:
            put.update(state=MessageState.WITHHELD, why=why, next_try_at=None, ended_at=now)
        else:
            put.update(next_try_at=quiet_end)
    return going


def _why_not(row: Message, opted_out: bool, capped: bool, now: datetime) -> str:
    if row.expires_at is not None and row.expires_at <= now:
        return Why.TOO_LATE
    # Once a part may have gone out, the rest follows: half a message helps nobody.
    if row.urgent or row.tries:
        return ""
    if opted_out:
        return Why.OPTED_OUT
    return Why.DAILY_CAP if capped else ""


def _sent_today(phones: set[str], but: list[int], now: datetime) -> Counter[str]:
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Counter(
        Message.objects.filter(phone__in=phones, claimed_at__gte=midnight, urgent=False)
        .exclude(pk__in=but)
        .values_list("phone", flat=True)
    )


def put_back(batch: Sequence[Outgoing], *, now: datetime, after: timedelta = timedelta()) -> None:
    """The gateway was out of reach: surely nothing was taken, and the try does not count."""
    numbers = [one.message_id for one in batch]
    with writing():
        Message.objects.filter(pk__in=numbers, state=MessageState.SENDING).update(
            state=MessageState.QUEUED, tries=F("tries") - 1, next_try_at=now + after
        )


def recover(gateway: str, *, now: datetime) -> int:
    """Put back what a killed worker left in hand; it may have been handed over, and is marked so.

    Call it only when nobody else serves this gateway. Returns how many there were.
    """
    left = Message.objects.filter(gateway=gateway, state=MessageState.SENDING)
    if not left.exists():
        return 0
    with writing():
        return left.update(
            state=MessageState.QUEUED, possibly_twice=True, code="interrupted", next_try_at=now
        )

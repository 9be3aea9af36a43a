"""From an account to an Actor: who it is and what they hold at this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Q

from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.clock import local
from chengyun.organisation.models import Account, Posting, Substitution
from chengyun.organisation.queries.tree import units_beneath
from chengyun.organisation.version import token

_KEEP = 5000  # accounts remembered in one process


@dataclass(frozen=True, slots=True)
class _Kept:
    token: str
    since: datetime
    until: datetime  # the next moment at which a posting or a substitution begins or ends
    actor: Actor


_kept: dict[int, _Kept] = {}


def actor_of(account: Account, now: datetime, address: str = "") -> Actor:
    """Return who this account is at ``now``, with the posts held in their own right and for the absent.

    ``address`` is the network address, for logs. Remembered in the process: on a hot path it costs no query,
    and a changed posting, person or unit shows within a second. A person who left holds nothing.
    """
    current = token()
    kept = _kept.get(account.pk)
    if kept is None or kept.token != current or not kept.since <= now < kept.until:
        kept = _compute(account, now, current)
        if len(_kept) >= _KEEP:
            _kept.clear()
        _kept[account.pk] = kept
    return replace(kept.actor, address=address) if address else kept.actor


def _compute(account: Account, now: datetime, current: str) -> _Kept:
    person = account.person
    today = local(now).date()
    midnight = datetime.combine(today + timedelta(days=1), time(0), tzinfo=local(now).tzinfo)
    relevant = Substitution.objects.filter(
        substitute=person, ends_at__gt=now, starts_at__lt=midnight, cancelled_at__isnull=True
    )
    spans = list(relevant.values_list("absent_id", "starts_at", "ends_at"))
    absent = {absent_id for absent_id, starts, _ in spans if starts <= now}
    borders = [starts if starts > now else ends for _, starts, ends in spans]
    holdings: list[Holding] = []
    if person.active and account.is_active:
        rows = (
            Posting.objects.filter(Q(person=person) | Q(person_id__in=absent, person__active=True))
            .held_on(today)
            .order_by("pk")
        )
        holdings = [
            Holding(
                post=row.post,
                unit_id=row.unit_id,
                reach=units_beneath(row.unit_id),
                for_person_id=None if row.person_id == person.pk else row.person_id,
            )
            for row in rows
        ]
    actor = Actor(
        person_id=person.pk,
        name=person.name,
        holdings=tuple(holdings),
        account_id=account.pk,
        unit_id=person.unit_id,
    )
    return _Kept(current, now, min([midnight, *borders]), actor)

"""通知: warnings about the package that wait for the posts that answer for it. Reads only."""

from __future__ import annotations

import time
from datetime import date

from chengyun.kernel.actor import Actor
from chengyun.messaging.models import NoticeSeen, UsageWarning
from chengyun.messaging.policies import COUNTING

_FRESH_SECONDS = 20.0
_newest: tuple[float, int] = (0.0, 0)


def waiting_for(actor: Actor) -> int | None:
    """How many warnings this person has not put away; None for posts that get none.

    Asked on every page: the newest number is remembered for some seconds, and while there was never a warning,
    nothing else is asked.
    """
    global _newest
    if actor.person_id is None or not actor.holds(*COUNTING):
        return None
    read_at, newest = _newest
    if not read_at or time.monotonic() - read_at > _FRESH_SECONDS:
        newest = UsageWarning.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        _newest = (time.monotonic(), newest)
    if not newest:
        return 0
    seen = seen_up_to(actor)
    return UsageWarning.objects.filter(pk__gt=seen).count() if newest > seen else 0


def forget_newest() -> None:
    """Ask anew at the next page."""
    global _newest
    _newest = (0.0, 0)


def seen_up_to(actor: Actor) -> int:
    """The newest warning that this person has put away; 0 for none."""
    return (
        NoticeSeen.objects.filter(person_id=actor.person_id or 0).values_list("up_to", flat=True).first() or 0
    )


def warnings_since(month: date) -> list[UsageWarning]:
    """The warnings of a month and all after it, newest first."""
    return list(UsageWarning.objects.filter(month__gte=month).order_by("-pk"))

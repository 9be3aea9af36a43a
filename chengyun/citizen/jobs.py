"""What this room does by the clock: forgetting."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.cases.world import surroundings
from chengyun.citizen.models import FollowLink, PhoneCheck, RateHit, SpentProof, Supporter
from chengyun.citizen.proof import longest_life
from chengyun.kernel.writing import writing

_DAY = timedelta(days=1)


def forget_traces(*, now: datetime) -> int:
    """Delete what has done its service, and the telephones of supporters once it can no longer be reopened.

    Counted actions after two days, codes and links found by number after a day past their end, questions that
    were answered once they could not be used anyway. Returns how many rows went or were emptied.
    """
    reopened = now - timedelta(days=int(surroundings(now).rule("hotline", "reopen_days"))) - _DAY
    with writing():
        gone = RateHit.objects.filter(at__lt=now - 2 * _DAY).delete()[0]
        gone += PhoneCheck.objects.filter(expires_at__lt=now - 2 * _DAY).delete()[0]
        gone += FollowLink.objects.filter(expires_at__lt=now - _DAY).delete()[0]
        gone += SpentProof.objects.filter(at__lt=now - longest_life(now)).delete()[0]
        gone += Supporter.objects.filter(case__closed_at__lt=reopened).exclude(phone="").update(phone="")
    return gone

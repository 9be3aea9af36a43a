"""首呼解决率: how many enquiries were answered in the first call. The figure, and the orders behind it.

The indicator's name is in a published local standard (DB3205/T 1044-2022), its formula is not; this is the plain
reading: numerator, orders closed in the call in which they were made; denominator, all that were made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process import HotlineState
from chengyun.cases.vocabulary import Channel
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import SHANGHAI

CALLS = (Channel.PHONE, Channel.WALK_IN)  # somebody is there to be answered at once
_VERB = "resolve_at_once"


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The figure of a period; both parts are lists that open."""

    resolved: QuerySet[Case]
    taken: QuerySet[Case]
    numerator: int
    denominator: int

    @property
    def rate(self) -> float | None:
        """Share from 0 to 1; None where nothing was taken."""
        return self.numerator / self.denominator if self.denominator else None


def first_call_resolution(
    first: date, last: date, *, appeal_types: Sequence[str] = (), actor: Actor
) -> FirstCall:
    """Orders taken by telephone or at the desk from ``first`` to ``last`` (days in Shanghai), and those of them
    that were closed in the first call and stay closed.

    Void orders and those merged into another count in neither part. ``appeal_types`` narrows both, as to 咨询.
    """
    taken = Case.objects.seen_by(actor).filter(
        kind="hotline", channel__in=CALLS, registered_at__gte=_begin(first), registered_at__lt=_begin(last, 1)
    )
    taken = taken.exclude(state__in=(HotlineState.VOID, HotlineState.MERGED))
    if appeal_types:
        taken = taken.filter(appeal_type__in=appeal_types)
    at_once = Exists(CaseEvent.objects.filter(case=OuterRef("pk"), verb=_VERB))
    resolved = taken.filter(at_once, state=HotlineState.CLOSED)
    newest = ("-registered_at", "-id")
    return FirstCall(resolved.order_by(*newest), taken.order_by(*newest), resolved.count(), taken.count())


def _begin(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), SHANGHAI)

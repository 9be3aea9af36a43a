"""What these pages do when something happens to an order: whoever met the same problem hears how it ended."""

from __future__ import annotations

from datetime import datetime

from chengyun.cases.models import CaseEvent
from chengyun.citizen.models import Supporter
from chengyun.citizen.queries import shown
from chengyun.citizen.rules import SUPPORT_CLOSED
from chengyun.kernel.writing import writing
from chengyun.messaging.actions import send

VERBS = ("close", "resolve_at_once")


def tell_supporters(event: CaseEvent, now: datetime) -> None:
    """Send one message to each supporter who left a checked telephone; a repeated event sends nothing twice."""
    (seen,) = shown([event.case], now=now)
    with writing():
        for one in Supporter.objects.filter(case_id=event.case_id).exclude(phone=""):
            send(
                SUPPORT_CLOSED,
                to=one.phone,
                values={"title": seen.title[:24]},
                about=event.case.number,
                key=f"support-closed:{one.pk}:{event.seq}",
                now=now,
            )

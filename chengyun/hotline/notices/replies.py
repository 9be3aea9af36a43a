"""A citizen's answer becomes a rating of the right order."""

from __future__ import annotations

import logging
from datetime import datetime

from chengyun.cases.models import Case
from chengyun.cases.process.kinds import Way
from chengyun.hotline.handling.actions import rate
from chengyun.hotline.models import Rating
from chengyun.hotline.notices.grades import grade_of
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import Refused
from chengyun.messaging.actions import send
from chengyun.messaging.models import InboundMessage, Message
from chengyun.messaging.queries import awaiting

log = logging.getLogger(__name__)
AWAITS = "rating:"
UNCLEAR = "rating_unclear"


def take_reply(inbound: InboundMessage, *, now: datetime) -> bool:
    """Take up an answer to a request for a rating; False leaves it to others and in the list of messages.

    1. The newest request to this number that has no rating yet is meant; if all have one, the newest: a
       change of mind.
    2. A clear grade is kept as a rating by text message.
    3. An unclear answer is not taken up; the citizen is told once for each request how to answer.
    """
    asked = _meant(inbound.phone, now)
    if asked is None:
        return False
    case_id = int(asked.awaits.removeprefix(AWAITS))
    grade = grade_of(inbound.text)
    if grade is None:
        _explain(asked, case_id, now)
        return False
    try:
        rate(
            case_id,
            satisfaction=grade.satisfaction,
            said=grade.said,
            way=Way.SMS,
            actor=SYSTEM,
            now=now,
            key=f"sms:{inbound.pk}",
        )
    except Refused as refusal:
        # The order is being handled again, say: people read it in the list of messages.
        log.info("the answer %s is no rating: %s", inbound.pk, refusal.message)
        return False
    return True


def _meant(phone: str, now: datetime) -> Message | None:
    asked = list(awaiting(phone, AWAITS, now=now))
    return next((one for one in asked if not _rated_since(one)), asked[0] if asked else None)


def _rated_since(asked: Message) -> bool:
    case_id = int(asked.awaits.removeprefix(AWAITS))
    return Rating.objects.filter(case_id=case_id, way=Way.SMS, at__gte=asked.written_at).exists()


def _explain(asked: Message, case_id: int, now: datetime) -> None:
    case = Case.objects.get(pk=case_id)
    send(
        UNCLEAR,
        to=asked.phone,
        values={"number": asked.about},
        about=asked.about,
        key=f"unclear:{asked.pk}",
        rehearsal=case.rehearsal,
        now=now,
    )

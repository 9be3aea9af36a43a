"""Telling the posts that answer for the package, and putting a notice away."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotAllowed
from chengyun.kernel.writing import writing
from chengyun.messaging.actions.send import send
from chengyun.messaging.models import NoticeSeen, Template, UsageWarning
from chengyun.messaging.notices import forget_newest
from chengyun.messaging.policies import COUNTING, WARNED
from chengyun.organisation.models import Person, Posting

TEMPLATE = "package_warning"


def tell_of_package(warning: UsageWarning, included: int, *, now: datetime) -> int:
    """Write one message to everybody who answers for the package and left a mobile; returns how many were told.

    The key names month, share and person: once for each, however often it is called. The bell tells the rest.
    """
    if not Template.objects.filter(name=TEMPLATE).exists():
        return 0
    held = Posting.objects.held_on(local(now).date()).filter(post__in=WARNED)
    people = Person.objects.filter(pk__in=held.values("person_id")).exclude(phone="").order_by("pk")
    values = {
        "month": f"{warning.month:%Y-%m}",
        "percent": str(warning.percent),
        "used": str(warning.used),
        "included": str(included),
    }
    for person in people:
        send(
            TEMPLATE,
            to=person.phone,
            values=values,
            about="",
            key=f"package:{warning.month:%Y-%m}:{warning.percent}:{person.pk}",
            rehearsal=settings.DEMO,
            now=now,
        )
    return len(people)


def put_away(up_to: int, *, actor: Actor, now: datetime) -> None:
    """Note that this person has read the notices up to one. Raises ``NotAllowed``."""
    if actor.person_id is None or not actor.holds(*COUNTING):
        raise NotAllowed(_("这些通知不发给您的岗位。"))
    with writing():
        newest = UsageWarning.objects.filter(pk__lte=up_to).order_by("-pk").first()
        if newest is not None:
            NoticeSeen.objects.update_or_create(
                person_id=actor.person_id, defaults={"up_to": newest.pk, "at": now}
            )
    forget_newest()

"""Looking at masked personal data in full: only with a reason, always logged."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.models import AccessLog, Person


@writing()
def note_access(
    *, subject: str, subject_ref: str, field: str, reason: str, actor: Actor, now: datetime
) -> AccessLog:
    """Write down who looks at which field of what, and why (PIPL art. 51). Raises Invalid without a reason.

    ``subject`` is the kind of thing (``person``, ``case``), ``subject_ref`` its number. Call it in the same
    transaction that hands the data out.
    """
    faults: dict[str, str] = {}
    reason = text("reason", reason, 200, faults)
    stop_at(faults)
    return AccessLog.objects.create(
        at=now,
        by_id=actor.person_id,
        by_name=actor.name,
        address=actor.address,
        subject=subject,
        subject_ref=subject_ref,
        field=field,
        reason=reason,
    )


@writing()
def reveal_phone(person_id: int, *, reason: str, actor: Actor, now: datetime) -> str:
    """A colleague's phone in full, for people whom the actor may see."""
    person = Person.objects.seen_by(actor).filter(pk=person_id).first()
    if person is None:
        raise NotThere(_("没有这个人员。"))
    note_access(
        subject="person", subject_ref=str(person_id), field="phone", reason=reason, actor=actor, now=now
    )
    return person.phone

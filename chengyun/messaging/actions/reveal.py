"""Show a message's number and text in full, once, to somebody who says why."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging import policies
from chengyun.messaging.models import InboundMessage, Message
from chengyun.organisation.actions.access import note_access

SHORTEST_REASON = 4  # characters, as for callers of cases


def reveal_message(message_id: int, *, reason: str, actor: Actor, now: datetime) -> dict[str, str]:
    """Number and text of a message that was sent; the access log is on disk before anything is shown.

    A confidential text is not handed out. Raises ``NotThere``, ``NotAllowed``, ``Invalid`` (reason).
    """
    row = Message.objects.seen_by(actor).select_related("version__template").filter(pk=message_id).first()
    if row is None:
        raise NotThere(_("没有这条短信，或您无权查看。"))
    _note("message", str(row.pk), reason, actor, now)
    return {"phone": row.phone, "text": "" if row.confidential else row.text}


def reveal_inbound(inbound_id: int, *, reason: str, actor: Actor, now: datetime) -> dict[str, str]:
    """Number and text of an incoming message, in the same way."""
    row = InboundMessage.objects.seen_by(actor).filter(pk=inbound_id).first()
    if row is None:
        raise NotThere(_("没有这条短信，或您无权查看。"))
    _note("inbound_message", str(row.pk), reason, actor, now)
    return {"phone": row.phone, "text": row.text}


def _note(subject: str, ref: str, reason: str, actor: Actor, now: datetime) -> None:
    if not policies.may_reveal(actor):
        raise NotAllowed(_("您不能查看完整号码。"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid({"reason": _("请写明查看理由，至少 %(least)s 个字") % {"least": SHORTEST_REASON}})
    with writing():
        note_access(
            subject=subject, subject_ref=ref, field="phone", reason=reason.strip(), actor=actor, now=now
        )

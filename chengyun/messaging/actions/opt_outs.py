"""Opting out of notices, and coming back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.masking import mask_phone
from chengyun.kernel.writing import writing
from chengyun.messaging.models import Message, OptOut
from chengyun.messaging.numbers import mobile
from chengyun.messaging.policies import OPTING
from chengyun.messaging.states import MessageState, Why
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require


@writing()
def opt_out(phone: str, *, said: str, actor: Actor, now: datetime) -> OptOut:
    """Note on somebody's word that a number wants no notices. Raises ``NotAllowed``, ``Invalid`` (phone, said)."""
    require(actor, *OPTING)
    faults: dict[str, str] = {}
    number = mobile(phone)
    if not number:
        faults["phone"] = _("请填 11 位手机号码。")
    said = text("said", said, 200, faults)
    stop_at(faults)
    if OptOut.objects.holding().filter(phone=number).exists():
        raise Invalid({"phone": _("这个号码已经退订。")})
    row = _begin(number, said, actor.name, now)
    note_change(Change.OPT_OUT, "opt_out", row, {}, actor=actor, now=now, name=mask_phone(number))
    return row


@writing()
def end_opt_out(opt_out_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Let a number receive notices again. Raises ``NotAllowed``, ``NotThere``, ``Invalid`` (reason)."""
    require(actor, *OPTING)
    faults: dict[str, str] = {}
    reason = text("reason", reason, 200, faults)
    stop_at(faults)
    row = OptOut.objects.holding().filter(pk=opt_out_id).first()
    if row is None:
        raise NotThere(_("没有这条退订，或已恢复接收。"))
    OptOut.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now, end_reason=reason)
    said = {"reason": ["", reason]}
    note_change(Change.END_OPT_OUT, "opt_out", row, said, actor=actor, now=now, name=mask_phone(row.phone))


@writing()
def opt_out_by_message(phone: str, said: str, *, now: datetime) -> None:
    """The person wrote one of the words to opt out; twice is the same as once."""
    if not OptOut.objects.holding().filter(phone=phone).exists():
        _begin(phone, said[:200], "", now)


@writing()
def opt_in_by_message(phone: str, said: str, *, now: datetime) -> None:
    """The person wrote one of the words to come back."""
    OptOut.objects.holding().filter(phone=phone).update(ended_at=now, end_reason=said[:200])


def _begin(phone: str, said: str, by_name: str, now: datetime) -> OptOut:
    row = OptOut(phone=phone, began_at=now, said=said, by_name=by_name)
    OptOut.objects.bulk_create([row], ignore_conflicts=True)
    # What waits already is held back, too; what is urgent was asked for by the person.
    Message.objects.filter(phone=phone, state=MessageState.QUEUED, urgent=False).update(
        state=MessageState.WITHHELD, why=Why.OPTED_OUT, next_try_at=None, ended_at=now
    )
    return OptOut.objects.holding().get(phone=phone)

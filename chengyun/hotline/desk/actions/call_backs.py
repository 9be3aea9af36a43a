"""Calling back whoever could not get through (漏接回拨)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from chengyun.hotline import policies
from chengyun.hotline.desk.vocabulary import OPEN_CALL_BACKS, CallBackState
from chengyun.hotline.models import Call, CallBack, CallBackNote
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.errors import NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.access import note_access
from chengyun.organisation.actions.changes import stop_at, text

_OPEN = [state.value for state in OPEN_CALL_BACKS]


def note_lost_call(call: Call, *, now: datetime) -> CallBack:
    """Put a lost call on the list; a number that waits there already is counted once more."""
    waiting = CallBack.objects.filter(number=call.number, state__in=_OPEN)
    if not waiting.update(last_call=call, lost_calls=F("lost_calls") + 1):
        try:
            with transaction.atomic():
                return CallBack.objects.create(
                    number=call.number, first_call=call, last_call=call, since=call.ended_at or now
                )
        except IntegrityError:  # another call of the number was lost at the same moment
            waiting.update(last_call=call, lost_calls=F("lost_calls") + 1)
    return waiting.get()


def settle_by_call(call: Call, *, now: datetime) -> None:
    """Somebody who was to be called back has called again and was answered.

    A call answered before the last one was lost settles nothing, however late the telephone system tells of it.
    """
    later = Q(last_call=call) | Q(last_call__started_at__lte=call.answered_at)
    for row in CallBack.objects.filter(later, number=call.number, state__in=_OPEN):
        same = row.last_call_id == call.pk
        said = _("这通来电已接听，话务系统迟报") if same else _("市民已再次来电并接通")
        _note(row, CallBackState.REACHED, said, None, actor=SYSTEM, now=now)


def show_number(call_back_id: int, *, actor: Actor, now: datetime) -> str:
    """The number in full, to be dialled; who saw it is logged. Raises ``NotAllowed`` or ``NotThere``."""
    policies.require(actor, policies.REGISTERING)
    with writing():
        row = _row(call_back_id)
        note_access(
            subject="call_back",
            subject_ref=str(row.pk),
            field="phone",
            reason=_("漏接回拨"),
            actor=actor,
            now=now,
        )
    return row.number


def note_try(
    call_back_id: int, *, reached: bool, said: str = "", client_id: UUID | None, actor: Actor, now: datetime
) -> CallBack:
    """One attempt: reached or not. The same form twice is one attempt.

    Raises ``NotAllowed``, ``NotThere``, ``Invalid`` (reason) or ``Refused`` (settled already).
    """
    state = CallBackState.REACHED if reached else CallBackState.TRIED
    return _take(call_back_id, state, said, client_id, required=False, actor=actor, now=now)


def close_call_back(
    call_back_id: int, *, reason: str, client_id: UUID | None, actor: Actor, now: datetime
) -> CallBack:
    """Give up on a call-back, with the reason. Raises as ``note_try``."""
    return _take(call_back_id, CallBackState.CLOSED, reason, client_id, required=True, actor=actor, now=now)


def _take(
    call_back_id: int,
    state: CallBackState,
    said: str,
    client_id: UUID | None,
    *,
    required: bool,
    actor: Actor,
    now: datetime,
) -> CallBack:
    policies.require(actor, policies.REGISTERING)
    faults: dict[str, str] = {}
    said = text("reason", said, 200, faults, required=required)
    stop_at(faults)
    with writing():
        row = _row(call_back_id)
        if client_id is not None and CallBackNote.objects.filter(client_id=client_id).exists():
            return row
        if row.state not in _OPEN:
            raise Refused(_("这条回拨已是“%(state)s”，请刷新。") % {"state": CallBackState(row.state).label})
        _note(row, state, said, client_id, actor=actor, now=now)
    return row


def _row(call_back_id: int) -> CallBack:
    row = CallBack.objects.select_for_update().filter(pk=call_back_id).first()
    if row is None:
        raise NotThere(_("没有这条回拨。"))
    return row


def _note(
    row: CallBack, state: CallBackState, said: str, client_id: UUID | None, *, actor: Actor, now: datetime
) -> None:
    CallBackNote.objects.create(
        call_back=row, at=now, by_id=actor.person_id, state=state.value, reason=said, client_id=client_id
    )
    row.state = state.value
    if state is not CallBackState.CLOSED and not actor.system:
        row.tries += 1
    if state not in OPEN_CALL_BACKS:
        row.settled_at = now
    row.save(update_fields=["state", "tries", "settled_at"])

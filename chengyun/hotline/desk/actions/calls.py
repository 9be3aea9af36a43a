"""Calls: what the telephone system tells, and what an operator does with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.hotline import policies
from chengyun.hotline.desk import folding
from chengyun.hotline.desk.actions.call_backs import note_lost_call, settle_by_call
from chengyun.hotline.desk.numbers import MOST, is_hidden, is_number, is_whole, plain
from chengyun.hotline.desk.vocabulary import LOST, CallEventKind, CallState
from chengyun.hotline.models import Call, CallEvent
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.access import note_access

_AHEAD = timedelta(minutes=10)  # how far a telephone system's clock may be before ours
_OWN = "desk-"  # call ids that the desk made itself
_LONGEST = {"call_id": 80, "called_number": MOST, "extension": 20, "recording": 200}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a telephone system tells it. ``at`` is aware."""

    call_id: str
    event: str
    at: datetime
    number: str = ""
    called_number: str = ""
    extension: str = ""
    recording: str = ""


def take_event(told: Told, *, actor: Actor, now: datetime) -> tuple[Call, bool]:
    """Take one event of a call; return the call and whether the event is new.

    1. The actor may take orders in; every field is right.
    2. The same event of the same call is kept once, with its first time. Events may come in any order.
    3. The state follows; a lost call joins the call-backs, an answered one of the same number settles them.

    Raises ``NotAllowed`` or ``Invalid``.
    """
    policies.require(actor, policies.REGISTERING)
    if wrong := faults_of(told, now):
        raise Invalid(wrong)
    number = _number_of(told)
    with writing():
        call = _call_of(told, number)
        _event, fresh = CallEvent.objects.get_or_create(
            call=call,
            event=told.event,
            defaults={"at": told.at, "received_at": now, "extension": told.extension},
        )
        _complete(call, told, number)
        _follow(call, now)
    return call, fresh


def begin_call(client_id: str, number: str, *, actor: Actor, now: datetime) -> Call:
    """An operator notes a call that no telephone system announced (新来电); twice the same form is one call."""
    told = Told(f"{_OWN}{client_id}"[:80], CallEventKind.ANSWERED, now, number=number)
    call, _fresh = take_event(told, actor=actor, now=now)
    return open_call(call.pk, actor=actor, now=now)


def open_call(call_id: int, *, actor: Actor, now: datetime) -> Call:
    """Take a call onto one's screen. The number is then shown in full to this operator, and that is logged.

    Raises ``NotAllowed`` or ``NotThere``.
    """
    policies.require(actor, policies.REGISTERING)
    with writing():
        call = Call.objects.filter(pk=call_id).first()
        if call is None:
            raise NotThere(_("没有这个来电。"))
        if call.opened_by_id is None:
            mine = Call.objects.filter(pk=call_id, opened_by=None)
            mine.update(opened_by=actor.person_id, opened_at=now)
            call.refresh_from_db()
        if call.number:
            note_access(
                subject="call",
                subject_ref=str(call.pk),
                field="phone",
                reason=_("接听来电"),
                actor=actor,
                now=now,
            )
    return call


def end_call_of_desk(call_id: int, *, actor: Actor, now: datetime) -> None:
    """A call that the desk itself noted is over when its order is registered: nobody else will tell."""
    call = Call.objects.filter(pk=call_id, call_id__startswith=_OWN).first()
    if call is not None and call.ended_at is None:
        take_event(Told(call.call_id, CallEventKind.ENDED, now), actor=actor, now=now)


def _number_of(told: Told) -> str:
    return "" if is_hidden(told.number) else plain(told.number)


def faults_of(told: Told, now: datetime) -> dict[str, str]:
    """Every wrong field of an event with what is wrong about it."""
    wrong: dict[str, str] = {}
    number = _number_of(told)
    if number and not is_number(number):
        wrong["number"] = _("电话应为 3 至 19 位数字，可带区号，如 02156100000；不显号时留空")
    for name, most in _LONGEST.items():
        value = getattr(told, name)
        if len(value) > most:
            wrong[name] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": most, "now": len(value)}
        elif "\x00" in value:
            wrong[name] = _("含有不可见的控制字符，请重新输入")
    if not told.call_id.strip():
        wrong["call_id"] = _("请给出话务系统的通话编号")
    if told.event not in set(CallEventKind):
        wrong["event"] = _("应为 %(offered)s 之一") % {"offered": "、".join(CallEventKind)}
    if told.at > now + _AHEAD:
        wrong["time"] = _("时间晚于现在，请校对话务系统的时钟和时区")
    return wrong


def _call_of(told: Told, number: str) -> Call:
    facts = {
        "number": number,
        "called_number": told.called_number,
        "extension": told.extension,
        "started_at": told.at,
        "recording": told.recording,
    }
    try:
        with transaction.atomic():
            call, _fresh = Call.objects.get_or_create(call_id=told.call_id, defaults=facts)
    except IntegrityError:  # another event of the same call came at the same moment
        call = Call.objects.get(call_id=told.call_id)
    # Two events of one call at once: the second waits, so that the state is worked out from both.
    return Call.objects.select_for_update().get(pk=call.pk)


def _complete(call: Call, told: Told, number: str) -> None:
    """What an earlier event did not tell yet."""
    call.number = call.number or number
    for name in ("called_number", "recording"):
        setattr(call, name, getattr(call, name) or getattr(told, name))
    if told.extension and (told.event == CallEventKind.ANSWERED or not call.extension):
        call.extension = told.extension


def _follow(call: Call, now: datetime) -> None:
    moments = dict(CallEvent.objects.filter(call=call).values_list("event", "at"))
    before, state = CallState(call.state), folding.state_of(moments)
    call.state, call.started_at = state.value, min(moments.values())
    call.answered_at, call.ended_at = moments.get(CallEventKind.ANSWERED), folding.ended_at(moments)
    call.save()
    if state in LOST and before not in LOST and is_number(call.number):
        note_lost_call(call, now=now)
    elif state not in LOST and call.answered_at is not None and is_whole(call.number):
        settle_by_call(call, now=now)

"""What this part does when it hears of an order: write messages into the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process import HotlineState, Kind
from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.models import DecisionUse
from chengyun.hotline.notices.recipients import Recipient, recipients_of
from chengyun.hotline.notices.replies import take_reply
from chengyun.hotline.notices.rules import rule_for
from chengyun.hotline.notices.values import values_of
from chengyun.hotline.notices.words import ASKING, ENDING_VERBS, FIRST, OF_ONE, TOLD_WHEN, Notice
from chengyun.kernel.clock import local
from chengyun.kernel.events import on
from chengyun.messaging.actions import send
from chengyun.messaging.inbound import on_message

_MAY_BE_RATED = frozenset({HotlineState.AUDITED, HotlineState.CALLED_BACK, HotlineState.CLOSED})


def register() -> None:
    """Listen. Called once, by the room's ``apps.py``."""
    on("hotline.notices: tell the callers", tuple(TOLD_WHEN), tell_callers)
    on_message("hotline.notices: rating", take_reply)


def tell_callers(event: CaseEvent, now: datetime) -> None:
    """Write the messages that this event causes. Safe to repeat: each has a key of its own.

    1. Only hotline orders; the rule of the day for channel and kind of appeal decides whether and with which words.
    2. What happened too long ago is not told any more.
    3. Callers of merged orders are told, too, each under their own order's number, but are not asked for a grade.
    4. A caller who wants no reply is told only that the order was accepted, or how it ended in the call.
    """
    case = event.case
    if case.kind != Kind.HOTLINE:
        return
    for notice in TOLD_WHEN[event.verb]:
        if not _is_worth_telling(notice, event):
            continue
        rule = rule_for(notice, channel=case.channel, appeal_type=case.appeal_type, on=local(event.at).date())
        if rule is None or now - event.at > timedelta(hours=rule.within_hours):
            continue
        if notice in ASKING and case.state not in _MAY_BE_RATED:
            continue  # it has moved on since: sent back for rework, or handled again
        for recipient in recipients_of(case, merged=notice not in OF_ONE):
            if recipient.case.wants_reply or notice in FIRST:
                _write(notice, rule.template, recipient, event, now)


def _is_worth_telling(notice: Notice, event: CaseEvent) -> bool:
    """Whether this message would be true and welcome.

    An order that ended in the call goes to no unit: the message of its end stands in place of the acceptance. One
    that goes on beside an emergency is told of as accepted. Whoever was warned for harassing gets no message.
    """
    if notice is Notice.ACCEPTED:
        ends = CaseEvent.objects.filter(case=event.case, verb__in=ENDING_VERBS, to_state=HotlineState.CLOSED)
        return event.case.state != HotlineState.CLOSED or not ends.exists()
    if notice is Notice.HANDED_OVER:
        return event.to_state == HotlineState.CLOSED
    if notice is Notice.EXPLAINED:
        warned = DecisionUse.objects.filter(case=event.case, event_seq=event.seq)
        return not warned.filter(line__treatment=Treatment.WARN).exists()
    return True


def _write(notice: Notice, template: str, recipient: Recipient, event: CaseEvent, now: datetime) -> None:
    order: Case = recipient.case
    send(
        template,
        to=recipient.phone,
        values=values_of(recipient, event),
        about=order.number,
        key=f"notice:{event.pk}:{notice}:{order.pk}",
        awaits=f"rating:{event.case_id}" if notice in ASKING else "",
        rehearsal=order.rehearsal or event.case.rehearsal,
        now=now,
    )

"""Telling upper rooms what happened. The event row is the queue: it is unheard until every reaction is done."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db.models import F

from chengyun.cases.models import CaseEvent, DeafEar
from chengyun.kernel.events import Reaction, reactions
from chengyun.kernel.writing import others_write, writing

logger = logging.getLogger(__name__)
_BATCH, _MANY = 200, 2_000
_TOGETHER = 2  # few, for whoever wants to write meanwhile waits for them
_CLERKS_SHARE = 12  # of the time in which only one can write: so many parts to those who wait for a page
_WAIT = timedelta(minutes=1)  # before a failed reaction is tried again; doubled with each try


def hear_waiting(*, now: datetime) -> int:
    """Tell the reactions of every unheard event, oldest first; return how many events were heard.

    A reaction that fails leaves its event unheard and a ``DeafEar`` row with the error; it is tried again
    later, and the other reactions and events go on.
    """
    heard = _pass_over(now)
    after = 0
    while True:
        events = list(
            CaseEvent.objects.filter(heard_at__isnull=True, id__gt=after)
            .select_related("case")
            .order_by("id")[:_BATCH]
        )
        if not events:
            return heard
        after = events[-1].pk
        for begin in range(0, len(events), _TOGETHER):
            with writing():  # one commit for several; a reaction that fails takes back its own part alone
                started = time.monotonic()
                done = [one.pk for one in events[begin : begin + _TOGETHER] if _tell_all(one, now)]
                heard += CaseEvent.objects.filter(pk__in=done).update(heard_at=now)
            if others_write():
                time.sleep(_CLERKS_SHARE * (time.monotonic() - started))


def _pass_over(now: datetime) -> int:
    """Mark events that nobody listens to, without reading them; return how many."""
    verbs = {verb for reaction in reactions() for verb in reaction.verbs}
    passed = 0
    while True:
        unheard = CaseEvent.objects.filter(heard_at__isnull=True).exclude(verb__in=verbs).order_by("id")
        ids = list(unheard.values_list("pk", flat=True)[:_MANY])
        if ids:
            with writing():
                passed += CaseEvent.objects.filter(pk__in=ids).update(heard_at=now)
        if len(ids) < _MANY:
            return passed


def _tell_all(event: CaseEvent, now: datetime) -> bool:
    """Tell every reaction, even after one has failed; return whether none needs the event any more."""
    told = [_tell(event, reaction, now) for reaction in reactions()]
    return all(told)


def _tell(event: CaseEvent, reaction: Reaction, now: datetime) -> bool:
    """Tell one reaction; return whether it needs nothing more."""
    if event.verb not in reaction.verbs:
        return True
    ear = DeafEar.objects.filter(event=event, reaction=reaction.name).first()
    if ear is not None and ear.settled_at is not None:
        return True
    if ear is not None and now < ear.last_at + _WAIT * 2 ** min(ear.tries, 10):
        return False
    try:
        with writing():
            reaction.act(event, now=now)
            DeafEar.objects.filter(event=event, reaction=reaction.name).update(settled_at=now)
    except Exception as error:
        logger.exception("%s failed on event %s", reaction.name, event.pk)
        _note_failure(event, reaction, error, now)
        return False
    return True


def _note_failure(event: CaseEvent, reaction: Reaction, error: Exception, now: datetime) -> None:
    text = f"{type(error).__name__}: {error}"[:2000]
    ear, made = DeafEar.objects.get_or_create(
        event=event, reaction=reaction.name, defaults={"error": text, "last_at": now}
    )
    if not made:
        DeafEar.objects.filter(pk=ear.pk).update(error=text, last_at=now, tries=F("tries") + 1)

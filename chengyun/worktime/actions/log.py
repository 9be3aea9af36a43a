"""The log of changes, written in the breath of the change; deadlines are recomputed after its commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.worktime import listeners
from chengyun.worktime.freshness import bump, lock
from chengyun.worktime.models import CalendarChange
from chengyun.worktime.policies import check_edit

LONGEST_WHY = 400


def said(**fields: str) -> None:
    """Raise Invalid for each text that is empty."""
    empty = {name: _("请填写。") for name, text in fields.items() if not text.strip()}
    if empty:
        raise Invalid(empty)


@contextmanager
def changing() -> Iterator[None]:
    """A write transaction in which nobody else changes the calendar: a form sent twice finds the first one."""
    with writing():
        lock()
        yield


def note(what: str, why: str, *, actor: Actor, now: datetime, moves_deadlines: bool) -> CalendarChange:
    """Write a line of the log and give the tables a new version. Call it inside the change's transaction."""
    change = CalendarChange.objects.create(
        at=now,
        person_id=actor.person_id,
        person=actor.name,
        what=what[:LONGEST_WHY],
        why=why.strip()[:LONGEST_WHY],
        number=bump(),
        moves_deadlines=moves_deadlines,
    )
    if moves_deadlines:
        transaction.on_commit(partial(_recompute, change, now))
    return change


def recompute_again(change_id: int, *, actor: Actor, now: datetime) -> bool:
    """Have the open deadlines recomputed for a change after which it failed; True if it went well now."""
    check_edit(actor)
    change = CalendarChange.objects.filter(pk=change_id, moves_deadlines=True).first()
    if change is None:
        raise NotThere(_("没有这条变更记录。"))
    return _recompute(change, now)


def _recompute(change: CalendarChange, now: datetime) -> bool:
    if not listeners.tell(now, f"{change.what}：{change.why}"):
        return False
    with writing():
        CalendarChange.objects.filter(pk=change.pk).update(heard_at=now)
    return True

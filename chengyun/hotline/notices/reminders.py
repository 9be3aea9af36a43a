"""催办: the liaisons of a unit are reminded by text message of orders that are nearly or already late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from chengyun.cases.models import CaseClock
from chengyun.cases.process import Kind
from chengyun.hotline.models import NoticeRule, UnitReminder
from chengyun.hotline.notices.rules import rule_for
from chengyun.hotline.notices.values import in_words
from chengyun.hotline.notices.words import REMINDERS, Notice
from chengyun.kernel.clock import local
from chengyun.kernel.masking import mask_phones_in_text
from chengyun.kernel.writing import writing
from chengyun.messaging.actions import send
from chengyun.organisation.models import Person, Posting
from chengyun.organisation.models.dated import valid_on
from chengyun.organisation.posts import Post
from chengyun.worktime.vocabulary import Stage

# The stages in which the order lies with the unit.
_STAGES = (Stage.SIGN, Stage.CONTACT, Stage.DISPOSAL, Stage.REHANDLE)
_AT_ONCE, _TITLE = 2_000, 16
_Group = tuple[int, str, bool]  # unit, template, rehearsal


def remind_units(*, now: datetime) -> int:
    """Remind of every deadline once when it is near and once when it has passed; return of how many.

    1. The rule of the day says with which words, whether at all, and within how many hours of the deadline.
    2. What falls due for one unit at the same look is one message: the nearest order, and how many more.
    3. A deadline that is moved counts as another one. Quiet hours and the day's cap are the outbox's affair.
    """
    return sum(_remind(notice, now) for notice in REMINDERS)


def _remind(notice: Notice, now: datetime) -> int:
    day = local(now).date()
    rules = NoticeRule.objects.filter(valid_on(day), notice=notice, sends=True)
    hours = max((rule.within_hours for rule in rules), default=0)
    groups: dict[_Group, list[CaseClock]] = defaultdict(list)
    for clock in _clocks(notice, timedelta(hours=hours), now) if hours else ():
        case = clock.case
        rule = rule_for(notice, channel=case.channel, appeal_type=case.appeal_type, on=day)
        if rule is not None and abs(clock.due_at - now) <= timedelta(hours=rule.within_hours):
            assert clock.holder_id is not None
            groups[clock.holder_id, rule.template, case.rehearsal].append(clock)
    for (unit_id, template, rehearsal), clocks in groups.items():
        _tell(notice, unit_id, template, clocks, rehearsal, now)
    return sum(len(clocks) for clocks in groups.values())


def _clocks(notice: Notice, reach: timedelta, now: datetime) -> Iterable[CaseClock]:
    """Running clocks of units around this moment that nobody was reminded of, the nearest deadline first."""
    done = UnitReminder.objects.filter(clock=OuterRef("pk"), notice=notice, due_at=OuterRef("due_at"))
    running = CaseClock.objects.filter(
        ~Exists(done),
        ended_at=None,
        paused_at=None,
        stage__in=_STAGES,
        holder__isnull=False,
        case__kind=Kind.HOTLINE,
    )
    if notice is Notice.UNIT_OVERDUE:
        rows = running.filter(due_at__gt=now - reach, due_at__lte=now)
    else:
        rows = running.filter(due_at__gt=now, due_at__lte=now + reach)
    return rows.select_related("case").order_by("due_at", "id")[:_AT_ONCE]


def _tell(
    notice: Notice, unit_id: int, template: str, clocks: Sequence[CaseClock], rehearsal: bool, now: datetime
) -> None:
    first, people = clocks[0], liaisons_of(unit_id, now)
    with writing():
        UnitReminder.objects.bulk_create(
            UnitReminder(clock=clock, notice=notice, due_at=clock.due_at, at=now, told=len(people))
            for clock in clocks
        )
        for person in people:
            send(
                template,
                to=person.phone,
                values=_values(first, len(clocks)),
                about=first.case.number,
                key=f"remind:{notice}:{first.pk}:{first.due_at:%Y%m%d%H%M%S}:{person.pk}",
                rehearsal=rehearsal,
                now=now,
            )


def liaisons_of(unit_id: int, now: datetime) -> list[Person]:
    """Those who hold the liaison's post in this unit today and left a telephone."""
    held = Posting.objects.held_on(local(now).date()).filter(post=Post.UNIT, unit_id=unit_id)
    return list(Person.objects.filter(pk__in=held.values("person_id")).exclude(phone="").order_by("pk"))


def _values(clock: CaseClock, count: int) -> dict[str, str]:
    case = clock.case
    title = _("诉求") if case.secret else mask_phones_in_text(case.title)[:_TITLE]
    if count > 1:
        title = _("%(title)s 等 %(count)d 件") % {"title": title, "count": count}
    return {
        "number": case.number,
        "title": title,
        "stage": Stage(clock.stage).zh,
        "due": in_words(clock.due_at),
    }

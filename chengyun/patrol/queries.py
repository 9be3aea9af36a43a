"""Named reads of this room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from chengyun.cases import nearby
from chengyun.cases.catalogue_queries import Item, criteria_for, item
from chengyun.cases.labels import state_label
from chengyun.cases.models import Case
from chengyun.cases.process import GridState
from chengyun.cases.vocabulary import CriterionKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Limit
from chengyun.worktime.queries import limit_for

_LOOKED_AT, _OFFERED = 200, 6


def reported_by(actor: Actor) -> QuerySet[Case]:
    """What this person and those they stand in for have reported, newest first.

    Not narrowed by ``seen_by``: whoever reported a problem may follow what becomes of it, in these columns.
    """
    return Case.objects.filter(kind="grid", reporter_id__in=_people(actor)).order_by("-registered_at", "-pk")


def tasks_of(actor: Actor) -> QuerySet[Case]:
    """核实 and 核查 that wait for this person or those they stand in for, the most pressing first."""
    rows = Case.objects.seen_by(actor).filter(
        inspector_id__in=_people(actor), state__in=(GridState.VERIFYING, GridState.CHECKING)
    )
    found: QuerySet[Case] = rows.order_by("due_at", "pk")
    return found


def _people(actor: Actor) -> list[int]:
    absent = [one.for_person_id for one in actor.holdings if one.post == Post.INSPECTOR]
    return [one for one in {actor.person_id, *absent} if one is not None]


@dataclass(frozen=True, slots=True)
class UsualItems:
    """Classes that this person reports: the latest, and the most frequent."""

    recent: tuple[Item, ...]
    frequent: tuple[Item, ...]


def usual_items(actor: Actor) -> UsualItems:
    """The latest classes of this person's last 200 reports and the most frequent of the others; none retired."""
    if actor.person_id is None:
        return UsualItems((), ())
    rows = Case.objects.filter(reporter_id=actor.person_id, kind="grid").order_by("-registered_at")
    keys = [key for key in rows.values_list("catalogue_key", flat=True)[:_LOOKED_AT] if key]
    recent = _in_use(dict.fromkeys(keys))
    shown = {one.key for one in recent}
    often = _in_use(key for key, _count in Counter(keys).most_common() if key not in shown)
    return UsualItems(tuple(recent), tuple(often))


def _in_use(keys: Any) -> list[Item]:
    found = (item(key) for key in keys)
    return [one for one in found if one is not None and one.active][:_OFFERED]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a class and how long its disposal may take."""

    code: str
    text: str
    limit: Limit | None


def conditions_of(catalogue_key: str, now: datetime) -> tuple[list[Condition], Limit | None]:
    """The conditions to choose from, and the limit that applies where there are none."""
    today = local(now).date()

    def limit(condition: str) -> Limit | None:
        return limit_for("grid", "disposal", on=today, catalogue=catalogue_key, condition=condition)

    offered = criteria_for(catalogue_key, CriterionKind.CONDITION) if catalogue_key else []
    return [Condition(one.code, one.text, limit(one.code)) for one in offered], limit("")


@dataclass(frozen=True, slots=True)
class Known:
    """Something open near the place. ``number`` and ``title`` are empty where it may not be opened."""

    number: str
    title: str
    name: str
    state: str
    meaning: str
    registered_at: datetime
    metres: int | None
    same_class: bool


def known_near(
    longitude: float, latitude: float, catalogue_key: str, *, actor: Actor, now: datetime
) -> list[Known]:
    """What has been reported and is open near a place. Of others' cases only that they exist."""
    found = nearby.open_cases_near("grid", longitude, latitude, catalogue_key, now=now)
    ids = [one.id for one in found]
    seen = set(Case.objects.seen_by(actor).filter(pk__in=ids).values_list("pk", flat=True))
    return [_known(one, may_open=one.id in seen) for one in found]


def _known(one: nearby.Near, *, may_open: bool) -> Known:
    word, meaning = state_label(one.kind, one.state)
    of = item(one.catalogue_key)
    return Known(
        number=one.number if may_open else "",
        title=one.title if may_open else "",
        name=of.name if of is not None else "",
        state=word,
        meaning=meaning,
        registered_at=one.registered_at,
        metres=one.metres,
        same_class=one.same_class,
    )

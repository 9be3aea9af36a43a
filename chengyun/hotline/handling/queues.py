"""The auditor's and the callback clerk's queues: what waits, the nearest deadline first. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from chengyun.cases.calls import HalfDay, half_day, tries_of
from chengyun.cases.models import Case
from chengyun.cases.process import HotlineState
from chengyun.cases.world import surroundings
from chengyun.hotline.models import CallbackDraw
from chengyun.kernel.actor import Actor

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Tries:
    """Calls of this round that nobody answered, and what is possible now."""

    at: tuple[datetime, ...]
    counted: int
    wanted: int
    here: bool  # one was made in this half-day already
    next_from: datetime | None  # when the next half-day begins, if one was made in this one

    @property
    def used_up(self) -> bool:
        """Enough have been made to write the order down as not reached."""
        return self.counted >= self.wanted


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of a queue."""

    case: Case
    tries: Tries | None = None


def to_audit(actor: Actor) -> QuerySet[Case]:
    """Answers that wait for their audit."""
    return _waiting(actor, HotlineState.ANSWERED)


def to_call(actor: Actor) -> QuerySet[Case]:
    """Orders to call back: audited, and not left out by the draw."""
    undrawn = CallbackDraw.objects.filter(case_id=OuterRef("pk"), round=OuterRef("rounds"), drawn=False)
    return _waiting(actor, HotlineState.AUDITED).filter(~Exists(undrawn))


def _waiting(actor: Actor, state: HotlineState) -> QuerySet[Case]:
    seen = Case.objects.seen_by(actor).filter(state=state, kind="hotline")
    return seen.select_related("lead_unit").order_by("due_at", "id")


def call_queue(actor: Actor, now: datetime) -> list[Waiting]:
    """The lines of the callback page: those that may be called in this half-day first."""
    found = [Waiting(case, tries_made(case, now)) for case in to_call(actor)[:SHOWN]]
    return sorted(found, key=lambda one: one.tries is not None and one.tries.here)


def after(queue: QuerySet[Case], case: Case) -> str:
    """The number of the order that comes next in a queue, "" if none waits."""
    numbers = list(queue.values_list("number", flat=True)[:SHOWN])
    if case.number in numbers:
        place = numbers.index(case.number)
        return (numbers[place + 1 :] + numbers[:place] + [""])[0]
    return numbers[0] if numbers else ""


def tries_made(case: Case, now: datetime) -> Tries:
    """How often it was tried in this round; reads the history only where it was."""
    world = surroundings(now)
    wanted = int(world.rule("hotline", "call_attempts"))
    at = tuple(tries_of(case.pk)) if case.call_attempts else ()
    noon = int(world.rule("hotline", "afternoon_from"))
    strict = bool(world.rule("hotline", "call_half_days"))
    here = strict and half_day(now, noon) in {half_day(one, noon) for one in at}
    return Tries(at, case.call_attempts, wanted, here, _next_half(now, noon) if here else None)


def _next_half(now: datetime, noon: int) -> datetime:
    """When the next half-day begins, to the hour."""
    this: HalfDay = half_day(now, noon)
    moment = now.replace(minute=0, second=0, microsecond=0)
    while half_day(moment, noon) == this:
        moment += timedelta(hours=1)
    return moment

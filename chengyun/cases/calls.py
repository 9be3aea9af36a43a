"""Calls that nobody answered: which of them count. Three calls within an hour are one try, not three."""

from __future__ import annotations

from datetime import date, datetime

from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import CaseEvent
from chengyun.cases.world import surroundings
from chengyun.kernel.clock import local

HalfDay = tuple[date, bool]  # the day, and whether it is its afternoon


def half_day(moment: datetime, afternoon_from: int) -> HalfDay:
    """The half-day of a moment, by Shanghai's clock."""
    there = local(moment)
    return there.date(), there.hour >= afternoon_from


def tries_of(case_id: int) -> list[datetime]:
    """When nobody answered in the present round, oldest first."""
    events = CaseEvent.objects.filter(case_id=case_id).order_by("seq")
    tries: list[datetime] = []
    for verb, at in events.values_list("verb", "at"):
        if verb == "rehandle":
            tries = []
        elif verb == "try_call":
            tries.append(at)
    return tries


def counts_as_try(case: CaseFacts, now: datetime) -> bool:
    """Whether an unanswered call now is one more try, by the rule of half-days."""
    world = surroundings(now)
    if not world.rule(case["kind"], "call_half_days"):
        return True
    noon = int(world.rule(case["kind"], "afternoon_from"))
    return half_day(now, noon) not in {half_day(one, noon) for one in tries_of(case.pk)}

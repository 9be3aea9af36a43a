"""Moments that lists compare with."""

from __future__ import annotations

from datetime import datetime

from chengyun.cases.world import surroundings
from chengyun.worktime.units import Unit


def near_until(kind: str, now: datetime) -> datetime:
    """Until when a deadline counts as near: some office hours ahead, a dated row of the city per kind."""
    world = surroundings(now)
    return world.calendar.due(now, world.rule(kind, "near_due_hours"), Unit.WORKHOUR)

"""Telling one story: the beats of a case, one verb after another, until its end or the present."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chengyun.cases import engine
from chengyun.cases.calls import half_day
from chengyun.cases.facts import CaseFacts
from chengyun.cases.process import LOOPS
from chengyun.cases.world import surroundings
from chengyun.config.rehearsal.cast import Cast
from chengyun.config.rehearsal.stories import Beat, Story
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused

_NOON = 12  # the hour at which the rehearsal's afternoon begins


@dataclass(slots=True)
class Scene:
    """One case to be played: its story, what it is about, when it begins, how many beats at most."""

    kind: str
    story: Story
    columns: dict[str, Any]
    names: dict[str, Any]  # what $unit, $other, $reply and $inspector stand for
    opened_at: datetime
    beats: int
    by_day: bool  # nobody works at night


def play(scene: Scene, cast: Cast, now: datetime, chance: random.Random) -> CaseFacts:
    """Play a scene until its story, its beats or the time is over."""
    at = scene.opened_at
    opener = "inspector" if scene.columns.get("reporter_id") else "intake"
    actor = cast.person(scene.columns["reporter_id"]) if opener == "inspector" else cast.anyone(opener)
    case = engine.open_case(
        LOOPS[scene.kind], scene.columns, actor=actor, now=at, world=surroundings(at), state=scene.story.start
    )
    for beat in scene.story.beats[: scene.beats]:
        at = _later(at, beat, scene.by_day, chance)
        if at > now:
            break
        said = _said(beat, scene.names, case, at)
        if said is None:
            continue
        try:
            engine.take(
                case,
                beat.verb,
                said,
                actor=_who(beat, case, cast, said, scene),
                now=at,
                world=surroundings(at, _known(beat, case, at)),
            )
        except Refused:
            # A deadline that has passed cannot be extended any more, and so on: the story goes on without.
            continue
    return case


def _later(at: datetime, beat: Beat, by_day: bool, chance: random.Random) -> datetime:
    at += timedelta(hours=beat.hours * chance.triangular(0.3, 1.8, 0.8))
    clock = local(at)
    if by_day and not 8 <= clock.hour < 20:
        morning = clock.replace(hour=8, minute=chance.randint(5, 59))
        at = morning + timedelta(days=1 if clock.hour >= 20 else 0)
    return at


def _said(beat: Beat, names: Mapping[str, Any], case: CaseFacts, at: datetime) -> dict[str, Any] | None:
    """What is said with a beat; None if it cannot be said (a unit without a handler)."""
    clock = case.clock_on("disposal", "rehandle")
    stands_for = {
        **names,
        "now": at.isoformat(),
        "later": ((clock.due_at if clock else at) + timedelta(days=1)).isoformat(),
        "far": f"{local(at) + timedelta(days=20):%Y-%m-%d}",
        "contacted_at": _contacted(case, at),
    }
    said: dict[str, Any] = {}
    for name, value in beat.said.items():
        said[name] = (
            [_name(one, stands_for) for one in value] if isinstance(value, list) else _name(value, stands_for)
        )
        if said[name] is None:
            return None
    return said


def _known(beat: Beat, case: CaseFacts, at: datetime) -> dict[str, Any]:
    """What the ledger tells the engine of a live case: whether a call is one more try."""
    if beat.verb != "try_call":
        return {}
    made = [event.at for event in case.events if event.verb == "try_call"]
    return {"counts": half_day(at, _NOON) not in {half_day(one, _NOON) for one in made}}


def _contacted(case: CaseFacts, at: datetime) -> str:
    """When the citizen was contacted first, as the history has it."""
    said = (event.said.get("contacted_at") for event in reversed(case.events) if event.verb == "contact")
    return next((one for one in said if one), at.isoformat())


def _name(value: Any, stands_for: Mapping[str, Any]) -> Any:
    return stands_for[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def _who(beat: Beat, case: CaseFacts, cast: Cast, said: Mapping[str, Any], scene: Scene) -> Actor:
    if beat.who == "system":
        return SYSTEM
    if beat.who == "unit":
        return cast.liaison(case["lead_unit_id"])
    if beat.who == "helper":
        return cast.liaison(scene.names["other"])
    if beat.who == "inspector":
        return cast.person(case["inspector_id"])
    return cast.anyone(beat.who)

"""The closed loop at work, in memory: open a case, take a verb. Pure; the ledger writes what comes of it.

Both the live verbs and the replay of imported orders go through here, so that clocks, history and lists
come out the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases import clocks
from chengyun.cases.chain import digest
from chengyun.cases.effects import EFFECTS, moment_of
from chengyun.cases.facts import CaseFacts, EventFacts, Surroundings
from chengyun.cases.guards import CHECKED, OFFERED
from chengyun.cases.policies import holding_for
from chengyun.cases.reply_rules import asks_of
from chengyun.cases.saying import clean
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.errors import Invalid, NotAllowed, Refused
from chengyun.kernel.loop import Loop, Step, Verb

OPENING = "register"


def open_case(
    loop: Loop, facts: Mapping[str, Any], *, actor: Actor, now: datetime, world: Surroundings, state: str = ""
) -> CaseFacts:
    """Begin a case in its first state and write its first event.

    ``facts`` are columns of the case. Without a number among them, ``give_number`` comes before the writing.
    """
    case = CaseFacts(loop)
    case.row.update(facts)
    case.row.update(
        kind=loop.name, state=str(state or loop.starts[0]), state_since=now, version=1, registered_at=now
    )
    assert case["state"] in loop.starts
    _write_down(case, OPENING, "", actor, now, {"title": case["title"], "channel": case["channel"]})
    clocks.follow(case, OPENING, now, world)
    return case


def take(
    case: CaseFacts,
    verb_name: str,
    raw: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    world: Surroundings,
) -> Step:
    """Take one step of the loop.

    1. Find the verb; the loop may have none of that name from here.
    2. Check that the actor may, and that nothing stands against it.
    3. Check what was said.
    4. Change the case, write the event, let the clocks follow.

    Raises ``Refused``, ``NotAllowed`` or ``Invalid``; the case is then unchanged.
    """
    verb = _verb_from_here(case, verb_name)
    if not actor.system and holding_for(verb, case, actor) is None:
        raise NotAllowed(_("您的岗位不能对本案“%(verb)s”") % {"verb": verb.label})
    if against := standing_against(case, verb_name, actor, now, world):
        raise Refused(against)
    said = clean(asks_of(verb, case, world), raw)
    if verb_name in CHECKED and (wrong := CHECKED[verb_name](case, said, now, world)):
        raise Invalid(wrong)
    return apply(case, verb, said, actor=actor, now=now, world=world)


def apply(
    case: CaseFacts, verb: Verb, said: dict[str, Any], *, actor: Actor, now: datetime, world: Surroundings
) -> Step:
    """Do what a checked verb does."""
    step = _way(case, verb.name, said)
    before = case["state"]
    holding = None if actor.system else holding_for(verb, case, actor)
    case["version"] = case["version"] + 1
    if effect := EFFECTS.get(verb.name):
        effect(case, said, actor, now, world)
    if not step.stays:
        case["state"], case["state_since"] = str(step.target), now
    _write_down(case, verb.name, before, actor, now, said, holding)
    if not step.stays:
        clocks.follow(case, verb.name, now, world, _suspended_until(case))
    return step


def standing_against(
    case: CaseFacts, verb_name: str, actor: Actor, now: datetime, world: Surroundings
) -> str:
    """A sentence on why the verb would be refused now, or ""."""
    guard = OFFERED.get(verb_name)
    return guard(case, actor, now, world) if guard else ""


def offered(case: CaseFacts, actor: Actor, now: datetime, world: Surroundings) -> list[tuple[Verb, str]]:
    """Verbs that this person may use on this case now, each with why not yet, if something stands against it."""
    return [
        (verb, standing_against(case, verb.name, actor, now, world))
        for verb in case.loop.verbs_from(case["state"])
        if holding_for(verb, case, actor) is not None
    ]


def _verb_from_here(case: CaseFacts, name: str) -> Verb:
    verb = case.loop.verb_named.get(name)
    if verb is None:
        raise Refused(_("没有“%(verb)s”这个操作") % {"verb": name})
    if not case.loop.ways(case["state"], name):
        state = case.loop.states(case["state"]).label
        raise Refused(_("案件现在是“%(state)s”，不能“%(verb)s”") % {"state": state, "verb": verb.label})
    return verb


def _way(case: CaseFacts, verb_name: str, said: Mapping[str, Any]) -> Step:
    for step in case.loop.ways(case["state"], verb_name):
        if not step.when or _holds(step.when, case, said):
            return step
    raise AssertionError("the loop has flaws")


def _holds(condition: str, case: CaseFacts, said: Mapping[str, Any]) -> bool:
    if condition == "sent back before":
        return bool(case["send_backs"] > 0)
    if condition == "decision is to grant":
        return said.get("decision") == "grant"
    if condition == "something remains":
        return bool(said.get("remains"))
    assert condition == "handled again"
    return bool(case["rounds"] > 0)


def _suspended_until(case: CaseFacts) -> datetime | None:
    request = case.request
    return request.until if request is not None and request.kind == "suspension" else None


def _write_down(
    case: CaseFacts,
    verb_name: str,
    before: str,
    actor: Actor,
    now: datetime,
    said: dict[str, Any],
    holding: Holding | None = None,
) -> None:
    event = EventFacts(
        seq=case["version"],
        verb=verb_name,
        from_state=before,
        to_state=case["state"],
        at=now,
        actor_id=actor.person_id,
        actor_name=actor.name,
        behalf_of_id=holding.for_person_id if holding else None,
        unit_id=holding.unit_id if holding else actor.unit_id,
        said=said,
    )
    case.events.append(event)
    if case["number"]:
        _seal(case, event)


def give_number(case: CaseFacts, number: str) -> None:
    """Number a case that was opened without one: numbers are taken late, because everybody waits for them."""
    case["number"] = number
    (opening,) = case.events
    _seal(case, opening)


def _seal(case: CaseFacts, event: EventFacts) -> None:
    """Add the event to the chain."""
    event.digest = case["head_hash"] = digest(
        case["head_hash"],
        number=case["number"],
        seq=event.seq,
        verb=event.verb,
        from_state=event.from_state,
        to_state=event.to_state,
        at=event.at,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        behalf_of_id=event.behalf_of_id,
        unit_id=event.unit_id,
        said=event.said,
    )


__all__ = ["OPENING", "apply", "give_number", "moment_of", "offered", "open_case", "standing_against", "take"]

"""What each verb changes besides the state. One small function a verb; pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from chengyun.cases import clocks
from chengyun.cases.facts import AssignmentFacts, CaseFacts, RequestFacts, Surroundings
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import SHANGHAI

Effect = Callable[[CaseFacts, dict[str, Any], Actor, datetime, Surroundings], None]


def _give(case: CaseFacts, unit_id: int, role: str, task: str, actor: Actor, now: datetime) -> None:
    case.assignments.append(AssignmentFacts(unit_id, role, task, now, actor.person_id))


def end_assignments(
    case: CaseFacts, now: datetime, result: str, *, role: str = "", units: Any = None
) -> None:
    """End the open assignments of a role (or all) of these units (or all)."""
    for one in case.assignments:
        if one.ended_at is None and role in ("", one.role) and (units is None or one.unit_id in units):
            one.ended_at, one.result, one.changed = now, result, True


def dispatch(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Give the case to a leading unit and its helpers."""
    end_assignments(case, now, "recalled", role="lead")
    case["lead_unit_id"] = said["unit"]
    case["handler_id"] = None
    if case["dispatched_at"] is None:
        case["dispatched_at"] = now
    _give(case, said["unit"], "lead", said.get("note", ""), actor, now)
    busy = {one.unit_id for one in case.open_helpers}
    for helper in said.get("helpers", []):
        if helper != said["unit"] and helper not in busy:
            _give(case, helper, "helper", said.get("note", ""), actor, now)


def send_back(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """The unit says that it is not theirs."""
    end_assignments(case, now, "sent_back", role="lead")
    case["send_backs"] = case["send_backs"] + 1
    case["lead_unit_id"] = case["handler_id"] = None


def recall(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Take the case back from its unit; a request that waits goes with it."""
    end_assignments(case, now, "recalled", role="lead")
    case["lead_unit_id"] = case["handler_id"] = None
    case["pending"] = ""


def assign_handler(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Name the person who does the work."""
    case["handler_id"] = said["handler"]


def revoke_handler(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Take the work from that person."""
    case["handler_id"] = None


def add_helper(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Open a sub-task."""
    _give(case, said["helper"], "helper", said["task"], actor, now)


def help_report(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """The helper's sub-task is done."""
    end_assignments(case, now, "done", role="helper", units=actor.units("unit"))


def help_decline(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """The helper gives the sub-task back."""
    end_assignments(case, now, "declined", role="helper", units=actor.units("unit"))


def _ask(kind: str) -> Effect:
    def effect(
        case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
    ) -> None:
        case["pending"] = kind
        until = moment_of(said["until"]) if "until" in said else None
        case.requests.append(RequestFacts(kind, said["reason"], until, now, actor.person_id))

    return effect


def _decide(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> RequestFacts | None:
    """Answer the waiting request; return it if it was granted."""
    request = case.request
    case["pending"] = ""
    if request is None:
        return None
    request.decision, request.decided_at = said["decision"], now
    request.decided_by_id, request.answer, request.changed = actor.person_id, said.get("reason", ""), True
    return request if request.decision == "grant" else None


def decide_extension(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Grant: the deadline moves and the first one stays on record. Refuse: nothing moves."""
    granted = _decide(case, said, actor, now, world)
    clock = case.clock_on("disposal", "rehandle")
    if granted is not None and granted.until is not None and clock is not None:
        case["extensions"] = case["extensions"] + 1
        clocks.extend(case, clock, granted.until, now, granted.reason[:200])


def decide_suspension(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Grant: the state is already suspended, count it."""
    if _decide(case, said, actor, now, world) is not None:
        case["suspensions"] = case["suspensions"] + 1


def decide_excuse(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Grant: statistics leave the overrun out; its fact and length stay visible."""
    if _decide(case, said, actor, now, world) is not None:
        case["excused"] = True


def set_city_deadline(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """The city platform sets or moves its own deadline."""
    clocks.give(case, "city", moment_of(said["until"]), now, world, said["reason"][:200])


def answer(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """The unit's answer is in."""
    case["answered_at"] = now
    case["outcome"] = said["outcome"]
    case["pending"] = ""


def dispose(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """The work on the spot is done."""
    case["answered_at"] = now
    case["pending"] = ""


def rework(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Not good enough: same unit, same clock, one more on the count."""
    case["reworks"] = case["reworks"] + 1


def reopen(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Back from the closed, as rework."""
    rework(case, said, actor, now, world)
    case["closed_at"] = None


def rehandle(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """A new round after dissatisfaction."""
    case["rounds"] = case["rounds"] + 1
    case["closed_at"] = None
    case["call_attempts"] = 0
    end_assignments(case, now, "done", role="lead")
    _give(case, case["lead_unit_id"], "lead", said["reason"], actor, now)


def try_call(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Nobody answered. A second call within one half-day is written down, but not counted."""
    if world.said.get("counts", True):
        case["call_attempts"] = case["call_attempts"] + 1


def call_back(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """What the citizen says of it."""
    case["outcome"] = said.get("outcome", case["outcome"])
    case["satisfaction"] = said["satisfaction"]


def close(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """The circle is closed."""
    case["closed_at"] = now
    end_assignments(case, now, "done")


def resolve_at_once(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Answered or explained in the call."""
    case["answered_at"] = case["closed_at"] = now
    case["outcome"] = "explained"


def hand_over(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """An emergency line has it. What came of it there is not ours to say, so the outcome stays blank."""
    if not said.get("remains"):
        stop(case, said, actor, now, world)


def stop(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Ended without being handled."""
    case["closed_at"] = now
    case["pending"] = ""
    end_assignments(case, now, "recalled")


def merge(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Goes on inside another case; the door has turned the number into an id."""
    case["merged_into_id"] = world.said["into_id"]
    stop(case, said, actor, now, world)


def order_inspection(
    case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings
) -> None:
    """Send an inspector to the spot."""
    case["inspector_id"] = said["inspector"]


def verify(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Somebody has been there."""
    case["verified"] = True


def correct(case: CaseFacts, said: dict[str, Any], actor: Actor, now: datetime, world: Surroundings) -> None:
    """Change what was registered; what stood there before goes into the event."""
    columns = {"catalogue": "catalogue_key"}
    before = {}
    for name in ("title", "description", "appeal_type", "catalogue", "address"):
        column = columns.get(name, name)
        if name in said and said[name] != case[column]:
            before[name] = case[column]
            case[column] = said[name]
    said["before"] = before


def moment_of(text: str) -> datetime:
    """A moment from what was said; a bare date means the end of that day in Shanghai."""
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), SHANGHAI)
    return datetime.fromisoformat(text)


EFFECTS: dict[str, Effect] = {
    "dispatch": dispatch,
    "coordinate": dispatch,
    "send_back": send_back,
    "recall": recall,
    "assign_handler": assign_handler,
    "revoke_handler": revoke_handler,
    "add_helper": add_helper,
    "help_report": help_report,
    "help_decline": help_decline,
    "ask_extension": _ask("extension"),
    "ask_suspension": _ask("suspension"),
    "ask_excuse": _ask("excuse"),
    "decide_extension": decide_extension,
    "decide_suspension": decide_suspension,
    "decide_excuse": decide_excuse,
    "answer": answer,
    "dispose": dispose,
    "fail_audit": rework,
    "fail_check": rework,
    "rework": rework,
    "reopen": reopen,
    "rehandle": rehandle,
    "try_call": try_call,
    "call_back": call_back,
    "close": close,
    "resolve_at_once": resolve_at_once,
    "explain": resolve_at_once,
    "hand_over": hand_over,
    "confirm_self_handling": close,
    "refuse": stop,
    "void": stop,
    "merge": merge,
    "order_verification": order_inspection,
    "order_check": order_inspection,
    "verify": verify,
    "correct": correct,
    "set_city_deadline": set_city_deadline,
}

"""Which fields of an answer must be filled in, by the dated rules of the centre. Pure."""

from __future__ import annotations

from dataclasses import replace

from chengyun.cases.facts import CaseFacts, Surroundings
from chengyun.cases.process.kinds import Outcome, Standing
from chengyun.cases.rule_names import ANSWER_NEEDS, BOUNDS
from chengyun.kernel.loop import Ask, Verb

# Fields that only matter with certain answers to another field.
_ONLY_WHEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "citizen_said": (
        "standing",
        (Standing.FAIR.value, Standing.AVERAGE.value, Standing.DISSATISFIED.value),
    ),
    "complaint": ("standing", (Standing.DISSATISFIED.value,)),
    "promised_on": ("outcome", (Outcome.UNSOLVED.value,)),
}
_RULED = frozenset(name.removeprefix(ANSWER_NEEDS) for name in BOUNDS if name.startswith(ANSWER_NEEDS))


def asks_of(verb: Verb, case: CaseFacts, world: Surroundings) -> tuple[Ask, ...]:
    """What a verb asks for on this day: the table's fields, with those that a rule makes required.

    An order from a file is taken as it is told there.
    """
    if verb.name != "answer" or world.said.get("replayed"):
        return verb.asks
    return tuple(_ruled(ask, case, world) for ask in verb.asks)


def _ruled(ask: Ask, case: CaseFacts, world: Surroundings) -> Ask:
    if ask.name not in _RULED or not world.rule(case["kind"], ANSWER_NEEDS + ask.name):
        return ask
    when = _ONLY_WHEN.get(ask.name)
    return replace(ask, required_when=when) if when else replace(ask, required=True)

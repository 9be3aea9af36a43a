"""A process as one table: states, verbs, who may, what to fill in, which clocks run. Pure Python.

A loop proves itself: ``flaws()`` lists every state nobody reaches, every state without a way out and every
wait without a clock. House test: the list is empty for every loop of the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from chengyun.kernel.labelled import Labelled


class Scope(Enum):
    """How near to the case the holder of a post must be."""

    ANYWHERE = "anywhere"  # holding the post is enough
    LEAD = "lead"  # the post is held over the leading unit (主办)
    HELPER = "helper"  # the post is held over a unit that helps (协办)
    TASKED = "tasked"  # this very person has been given the task (处置, 核实, 核查)


@dataclass(frozen=True, slots=True)
class Who:
    """A post, and how near it must be to the case."""

    post: str
    scope: Scope = Scope.ANYWHERE


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a verb wants filled in.

    ``kind`` is one of ``line``, ``text``, ``choice``, ``unit``, ``units``, ``helper``, ``person``,
    ``moment``, ``date``, ``number``, ``flag``, ``case``, ``item``, ``criterion``, ``picks`` (texts chosen
    from the city's rows). ``group`` is the heading under which it stands; one with a ``topic`` is shown only for
    cases of that special topic.
    """

    name: str
    kind: str
    label: str
    required: bool = True
    hint: str = ""
    choices: type[Labelled] | None = None
    required_when: tuple[str, tuple[str, ...]] | None = None  # (other field, values that make it required)
    most: int = 4000  # characters for text, amount for number
    group: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done to a case."""

    name: str
    label: str
    en: str
    who: tuple[Who, ...]
    asks: tuple[Ask, ...] = ()
    primary: bool = False  # the usual next step
    dangerous: bool = False  # asks again before it is done
    note: str = ""  # one sentence: what will happen next


@dataclass(frozen=True, slots=True)
class Step:
    """From a state, by a verb, to a state. ``when`` names a condition; steps are tried in order."""

    source: str
    verb: str
    target: str
    when: str = ""

    @property
    def stays(self) -> bool:
        """The verb is written down but the state does not change."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock of the process: the states in which it runs, and those in which it only pauses.

    Leaving all of them ends it. ``renewed_by`` names verbs that end the clock unjudged and begin a new one
    when they give the case to another leading unit. One that is ``given`` begins only with a moment set from
    outside (the city's), so that a state is not safe with it alone.
    """

    name: str
    label: str
    en: str
    runs_in: frozenset[str]
    pauses_in: frozenset[str] = frozenset()
    renewed_by: frozenset[str] = frozenset()
    given: bool = False


@dataclass(frozen=True)
class Loop:
    """A process table."""

    name: str
    label: str
    en: str
    states: type[Labelled]
    starts: tuple[str, ...]
    ends: frozenset[str]
    verbs: tuple[Verb, ...]
    steps: tuple[Step, ...]
    timers: tuple[Timer, ...]
    conditions: frozenset[str] = field(default_factory=frozenset)
    unjudged: frozenset[str] = field(default_factory=frozenset)  # verbs that end clocks as withdrawn

    @cached_property
    def verb_named(self) -> Mapping[str, Verb]:
        """Verbs by name."""
        return {verb.name: verb for verb in self.verbs}

    @cached_property
    def _ways(self) -> Mapping[tuple[str, str], tuple[Step, ...]]:
        ways: dict[tuple[str, str], tuple[Step, ...]] = {}
        for step in self.steps:
            key = (str(step.source), step.verb)
            ways[key] = (*ways.get(key, ()), step)
        return ways

    @cached_property
    def _verbs_from(self) -> Mapping[str, tuple[Verb, ...]]:
        return {
            str(state): tuple(v for v in self.verbs if (str(state), v.name) in self._ways)
            for state in self.states
        }

    def ways(self, state: str, verb: str) -> tuple[Step, ...]:
        """The steps that a verb offers from a state, in the order in which their conditions are tried."""
        return self._ways.get((str(state), verb), ())

    def verbs_from(self, state: str) -> tuple[Verb, ...]:
        """The verbs the table has from a state, whoever may use them."""
        return self._verbs_from.get(str(state), ())

    @cached_property
    def timers_in(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each state: names of the timers that run in it, and of those that pause in it, in their order."""
        return {
            str(state): (
                tuple(t.name for t in self.timers if state in t.runs_in),
                tuple(t.name for t in self.timers if state in t.pauses_in),
            )
            for state in self.states
        }

    @cached_property
    def timer_named(self) -> Mapping[str, Timer]:
        """Timers by name."""
        return {timer.name: timer for timer in self.timers}

    def flaws(self) -> list[str]:
        """Everything wrong with the table, in words; an empty list if it is flawless."""
        return [
            *self._flaws_of_names(),
            *(f"nobody gets to {s}" for s in self.states if s not in self._reached(self.starts)),
            *(f"no way out of {s}" for s in self.states if s not in self.ends and not self._can_end(s)),
            *(
                f"no clock on {s}"
                for s in self.states
                if s not in self.ends and not any(s in t.runs_in for t in self.timers if not t.given)
            ),
            *(f"a clock on the end {s}" for s in self.ends if self.timers_in[str(s)][0]),
            *self._flaws_of_ways(),
        ]

    def _flaws_of_names(self) -> Iterable[str]:
        known = {str(state) for state in self.states}
        for step in self.steps:
            for state in (step.source, step.target):
                if str(state) not in known:
                    yield f"unknown state {state}"
            if step.verb not in self.verb_named:
                yield f"unknown verb {step.verb}"
            if step.when and step.when.removeprefix("not ") not in self.conditions:
                yield f"unknown condition {step.when}"
        used = {step.verb for step in self.steps}
        for verb in self.verbs:
            if verb.name not in used:
                yield f"no step uses the verb {verb.name}"
            if not verb.who:
                yield f"nobody may {verb.name}"
        for timer in self.timers:
            if timer.runs_in & timer.pauses_in:
                yield f"the clock {timer.name} runs and pauses in one state"

    def _flaws_of_ways(self) -> Iterable[str]:
        for (state, verb), steps in self._ways.items():
            if steps[-1].when or any(not step.when for step in steps[:-1]):
                yield f"{verb} from {state}: only the last way may be, and must be, without a condition"

    def _reached(self, sources: Iterable[str]) -> set[str]:
        reached, waiting = set(), [str(source) for source in sources]
        while waiting:
            state = waiting.pop()
            if state not in reached:
                reached.add(state)
                waiting.extend(str(step.target) for step in self.steps if str(step.source) == state)
        return reached

    def _can_end(self, state: str) -> bool:
        return bool(self._reached([state]) & {str(end) for end in self.ends})


def steps(
    sources: Iterable[str] | str, verb: str, target: str | None = None, when: str = ""
) -> tuple[Step, ...]:
    """Steps from several states by one verb; without a target the state stays as it is."""
    sources = (sources,) if isinstance(sources, str) else tuple(sources)
    return tuple(Step(source, verb, target if target is not None else source, when) for source in sources)


def said_of(asks: Iterable[Ask]) -> tuple[str, ...]:
    """Names of what may be said with a verb."""
    return tuple(ask.name for ask in asks)


Said = Mapping[str, Any]

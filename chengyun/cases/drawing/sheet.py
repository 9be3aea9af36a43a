"""What a drawing of a process shows, worked out once for the picture and for the text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengyun.kernel.loop import Ask, Loop, Scope, Verb
from chengyun.kernel.words import N_

Word = Callable[[str, str], str]  # (state | verb | timer | post | scope | when | ask | sign, name) -> words


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the picture: a verb from some states to one, or in some states without leaving them."""

    verb: Verb
    sources: tuple[str, ...]
    target: str  # "" where the state stays as it is
    when: str = ""


def ways_of(loop: Loop) -> list[Way]:
    """The ways of a process in the order in which a case usually takes them."""
    order = {str(state): place for place, state in enumerate(loop.states)}
    places = {verb.name: place for place, verb in enumerate(loop.verbs)}
    ways = [way for verb in loop.verbs for way in _ways_of_verb(loop, verb)]
    return sorted(
        ways,
        key=lambda way: (
            not way.target,
            min(order[source] for source in way.sources),
            places[way.verb.name],
        ),
    )


def _ways_of_verb(loop: Loop, verb: Verb) -> Iterator[Way]:
    groups: dict[tuple[str, str], list[str]] = {}
    for step in loop.steps:
        if step.verb == verb.name:
            target = "" if step.stays else str(step.target)
            groups.setdefault((target, step.when), []).append(str(step.source))
    for (target, when), sources in groups.items():
        yield Way(verb, tuple(sources), target, when)


def bracketed(text: str, word: Word) -> str:
    """The text in the brackets of the reader's language."""
    return word("sign", N_("（")) + text + word("sign", N_("）"))


def who_may(verb: Verb, word: Word) -> list[str]:
    """The posts that may take a verb, each with how near it must be to the case."""
    found = []
    for who in verb.who:
        near = "" if who.scope is Scope.ANYWHERE else word("scope", who.scope.value)
        post = word("post", str(who.post))
        found.append(post + bracketed(near, word) if near else post)
    return found


def asked(verb: Verb, word: Word) -> tuple[list[str], list[str]]:
    """What must be filled in, and what may be; a field that another answer makes necessary is among the latter."""
    must = [word("ask", ask.label) for ask in verb.asks if _is_must(ask)]
    may = [word("ask", ask.label) for ask in verb.asks if not _is_must(ask)]
    return must, may


def _is_must(ask: Ask) -> bool:
    return ask.required and ask.required_when is None and ask.kind != "flag"

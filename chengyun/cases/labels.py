"""What states, verbs and timers are called here. A centre may use its own words for them.

Systems use 核实 and 核查 in opposite senses; the names in the process tables do not change, the words do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.cases.models import Label
from chengyun.cases.process import LOOPS
from chengyun.kernel.labelled import Labelled
from chengyun.ui.formats import english

THINGS = ("state", "verb", "timer")
_FRESH_SECONDS = 2.0
_labels: tuple[float, dict[tuple[str, str, str], tuple[str, str]]] = (0.0, {})


@dataclass(frozen=True, slots=True)
class Word:
    """A thing of a process: the words it came with and, if the centre has its own, those."""

    process: str
    thing: str
    name: str
    zh: str
    en: str
    own_zh: str = ""
    own_en: str = ""


def label_of(process: str, thing: str, name: str) -> str:
    """What a ``state``, ``verb`` or ``timer`` is called, in the reader's language; an unknown name as it is.

    An own Chinese word without an English one keeps the English it came with.
    """
    own = _own().get((process, thing, name))
    if own is not None and (word := own[1] if english() else own[0]):
        return word
    zh, en = _given(process, thing, name) or (name, name)
    return en if english() else zh


def state_label(process: str, state: str) -> tuple[str, str]:
    """What a state is called and its meaning (of colour)."""
    try:
        meaning = LOOPS[process].states(state).meaning
    except (KeyError, ValueError):
        meaning = "calm"
    return label_of(process, "state", state), meaning


def words_of(process: str, thing: str) -> Iterator[Word]:
    """Every state, verb or timer of a process with its words, in the order of the process table."""
    own = _own()
    for name in _names(process, thing):
        zh, en = _given(process, thing, name) or (name, name)
        yield Word(process, thing, name, zh, en, *own.get((process, thing, name), ("", "")))


def is_known(process: str, thing: str, name: str) -> bool:
    """Whether the process has such a thing."""
    return _given(process, thing, name) is not None


def forget_labels() -> None:
    """Read the words anew at the next use; other processes notice within two seconds."""
    global _labels
    _labels = (0.0, {})


def _names(process: str, thing: str) -> list[str]:
    loop = LOOPS[process]
    if thing == "state":
        return [str(state.value) for state in loop.states]
    return [one.name for one in (loop.verbs if thing == "verb" else loop.timers)]


def _given(process: str, thing: str, name: str) -> tuple[str, str] | None:
    loop = LOOPS.get(process)
    if loop is None or thing not in THINGS:
        return None
    if thing == "state":
        found: Labelled | None = next((one for one in loop.states if one.value == name), None)
        return (found.zh, found.en) if found is not None else None
    termed = loop.verb_named.get(name) if thing == "verb" else loop.timer_named.get(name)
    return (termed.label, termed.en) if termed is not None else None


def _own() -> dict[tuple[str, str, str], tuple[str, str]]:
    global _labels
    read_at, labels = _labels
    if not read_at or time.monotonic() - read_at > _FRESH_SECONDS:
        rows = Label.objects.values_list("process", "thing", "name", "zh", "en")
        labels = {(process, thing, name): (zh, en) for process, thing, name, zh, en in rows}
        _labels = (time.monotonic(), labels)
    return labels

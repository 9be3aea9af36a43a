"""What the things of a process are called, in the reader's language. The one place of this room that asks."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chengyun.cases.process import LOOPS
from chengyun.kernel.labelled import Labelled
from chengyun.ui.formats import english

# Things that are written into the history without being a verb of the loop.
_NOT_VERBS = {
    "register": gettext_noop("登记"),
    "recompute": gettext_noop("时限重算"),
}
REQUESTS = {
    "extension": gettext_noop("延期申请"),
    "suspension": gettext_noop("挂起申请"),
    "excuse": gettext_noop("超时申诉"),
}


class Termed(Protocol):
    """A verb, timer or loop of a process table."""

    @property
    def label(self) -> str: ...

    @property
    def en(self) -> str: ...


def word(thing: Termed) -> str:
    """The term of a verb, timer or loop."""
    return thing.en if english() else thing.label


def verb_word(kind: str, name: str) -> str:
    """What a verb is called, also one that the loop no longer has."""
    verb = LOOPS[kind].verb_named.get(name)
    if verb is not None:
        return word(verb)
    return _(_NOT_VERBS[name]) if name in _NOT_VERBS else name


def timer_word(kind: str, stage: str) -> str:
    """What the stage of a clock is called."""
    timer = LOOPS[kind].timer_named.get(stage)
    return word(timer) if timer is not None else stage


def state_of(kind: str, state: str) -> Labelled:
    """The state with its label and meaning."""
    return LOOPS[kind].states(state)


def state_word(kind: str, state: str) -> str:
    """What a state is called; an unknown one is given back as it is written."""
    try:
        return LOOPS[kind].states(state).label
    except ValueError:
        return state


def request_word(kind: str) -> str:
    """What a request (extension, suspension, excuse) is called."""
    return _(REQUESTS[kind]) if kind in REQUESTS else kind

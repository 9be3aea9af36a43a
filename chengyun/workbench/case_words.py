"""What the things of a process are called, in the reader's language. The one place of this room that asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chengyun.cases.labels import is_known, label_of, state_label
from chengyun.kernel.loop import Loop
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


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a state is called here, and its meaning (of colour)."""

    label: str
    meaning: str


def loop_word(loop: Loop) -> str:
    """What a process is called."""
    return loop.en if english() else loop.label


def verb_word(kind: str, name: str) -> str:
    """What a verb is called, also one that the loop does not have."""
    if name in _NOT_VERBS and not is_known(kind, "verb", name):
        return _(_NOT_VERBS[name])
    return label_of(kind, "verb", name)


def timer_word(kind: str, stage: str) -> str:
    """What the stage of a clock is called."""
    return label_of(kind, "timer", stage)


def state_of(kind: str, state: str) -> StateWord:
    """The state with its word and meaning."""
    return StateWord(*state_label(kind, state))


def state_word(kind: str, state: str) -> str:
    """What a state is called."""
    return label_of(kind, "state", state)


def request_word(kind: str) -> str:
    """What a request (extension, suspension, excuse) is called."""
    return _(REQUESTS[kind]) if kind in REQUESTS else kind

"""From the events of a call to where it stands, whatever the order in which they came. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chengyun.hotline.desk.vocabulary import CallEventKind, CallState

_LOST = {CallEventKind.MISSED: CallState.MISSED, CallEventKind.DROPPED: CallState.DROPPED}


def state_of(moments: Mapping[str, datetime]) -> CallState:
    """Where a call stands. ``moments`` are its events with their times.

    A call that ended without having been answered was missed. One that dropped stays so when the telephone
    system reports the end as well.
    """
    for event, state in _LOST.items():
        if event in moments and not (event == CallEventKind.MISSED and CallEventKind.ANSWERED in moments):
            return state
    answered = CallEventKind.ANSWERED in moments
    if CallEventKind.ENDED in moments:
        return CallState.ENDED if answered else CallState.MISSED
    return CallState.TALKING if answered else CallState.WAITING


def ended_at(moments: Mapping[str, datetime]) -> datetime | None:
    """When a call was over, or None while it goes on."""
    ends = (CallEventKind.ENDED, CallEventKind.DROPPED, CallEventKind.MISSED)
    return max((moments[end] for end in ends if end in moments), default=None)

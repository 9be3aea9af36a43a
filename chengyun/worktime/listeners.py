"""Who wants to know when deadlines may move. Rooms upstairs register; this room does not know them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

Listener = Callable[[datetime, str], object]
_listeners: list[Listener] = []
_log = logging.getLogger(__name__)


def on_calendar_change(func: Listener) -> Listener:
    """Register ``func(now, reason)``; it is called after the commit of a change that moves deadlines.

    Usable as a decorator. It must stand being called again for the same change.
    """
    if func not in _listeners:
        _listeners.append(func)
    return func


def tell(now: datetime, reason: str) -> bool:
    """Call every listener; True if none failed. One that fails is logged and does not stop the others."""
    good = True
    for listener in _listeners:
        try:
            listener(now, reason)
        except Exception:
            _log.exception("open deadlines were not recomputed: %s", reason)
            good = False
    return good

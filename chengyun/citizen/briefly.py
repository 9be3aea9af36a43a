"""Answers to the public that are kept for half a minute, by each process for itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

_FRESH_SECONDS = 30.0
_MOST_KEPT = 500
_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}
_lock = threading.Lock()


def once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What was worked out for this key within the last half minute, else anew."""
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept[0] < _FRESH_SECONDS:
        return kept[1]
    made = make()
    with _lock:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = (time.monotonic(), made)
    return made


def forget_kept() -> None:
    """Count and gather anew at the next question."""
    _kept.clear()

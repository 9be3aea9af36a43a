"""Whose turn it is to write to an SQLite file, among the processes that share it.

SQLite's own waiting sleeps up to a tenth of a second between two looks, and a worker that writes one small change
after the other is then always quicker than a clerk. Here the system wakes who waits. A lock goes with the process
that holds it, however that ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_held: set[str] = set()  # this process has the turn; asked only by the one thread of it that may write


@contextmanager
def turn(database: str) -> Iterator[None]:
    """Wait for the turn to write to this file and keep it for the block; one that is held already is shared."""
    if database in _held:
        yield  # what waits for a commit may write itself, in the turn of that commit
        return
    with _queue_of(database).open("rb") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        _held.add(database)
        try:
            yield
        finally:
            _held.discard(database)


def taken(database: str) -> bool:
    """Tell whether somebody has the turn right now."""
    with _queue_of(database).open("rb") as queue:
        try:
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@cache
def _queue_of(database: str) -> Path:
    queue = Path(f"{database}.writer")
    queue.touch(mode=0o600)
    return queue

"""One durable write transaction, the same on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# SQLite has one writer. Threads of one process queue here, in order, instead of polling the file lock:
# measured, the longest waits were seven times shorter (docs/decisions/0003-two-databases.md).
_sqlite_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Open a write transaction; on leaving without an error everything is on disk.

    Use it around every verb, as a ``with`` block or as a decorator. It may be nested.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with _sqlite_writer, transaction.atomic():
        yield

"""One durable write transaction, the same on both databases.

Locks are held for the work, not for the disk: a commit lets go of them, and its caller then waits until the
log is on disk. Those who wait at the same time share one flush (docs/decisions/0003-two-databases.md).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache

from django.db import connection, transaction

from chengyun.kernel import straight, turns
from chengyun.kernel.flushing import GroupFlush

# SQLite has one writer. Threads of one process queue here, in order, instead of polling the file lock:
# measured, the longest waits were seven times shorter.
_sqlite_writer = threading.RLock()
_FULL = 2  # PRAGMA synchronous
# A message in PostgreSQL's log that nobody reads; its own commit flushes the log up to itself.
_FLUSH = "SELECT pg_logical_emit_message(true, 'chengyun', '')"


@contextmanager
def writing() -> Iterator[None]:
    """Open a write transaction; on leaving without an error everything is on disk.

    Use it around every verb, as a ``with`` block or as a decorator. It may be nested; the outermost decides.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _sqlite_writer, _turn(), _flush_afterwards() as log, transaction.atomic():
        yield
    if log:
        _flush_of(log).flush()


def _turn() -> AbstractContextManager[None]:
    return turns.turn(_file()) if _file() else nullcontext()


def _file() -> str:
    """The file of the SQLite database; "" where it is in memory, and so nobody else's."""
    name = str(connection.settings_dict["NAME"])
    return "" if ":memory:" in name or "mode=memory" in name else name


def others_write() -> bool:
    """Tell whether another process writes right now; always False where many may write at once.

    For who has much to write and nobody waiting for it. Ask outside a transaction.
    """
    return connection.vendor == "sqlite" and bool(_file()) and turns.taken(_file())


# In the FROM of a statement it has PostgreSQL release the transaction's locks at its commit, before the log is
# on disk: for rows that every writer needs, as the counter of numbers. ``flush_after_commit`` belongs to it.
# Others may see the change a moment earlier; nothing that they are told survives without it, because the
# log is flushed in order. SQLite's transactions are all like that.
LET_GO_AT_COMMIT = "set_config('synchronous_commit', 'off', true)"


def flush_after_commit() -> None:
    """Wait for the disk once the transaction is committed, at once if that has happened."""
    transaction.on_commit(lambda: straight.run(_FLUSH))


@contextmanager
def _flush_afterwards() -> Iterator[str]:
    """Keep SQLite from flushing its log inside the commit; yield the log's path, "" where nothing is flushed."""
    connection.ensure_connection()
    raw = connection.connection
    asks = raw.execute("PRAGMA synchronous").fetchone()[0] == _FULL
    if not asks or raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        yield ""
        return
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield f"{connection.settings_dict['NAME']}-wal"
    finally:
        raw.execute("PRAGMA synchronous = FULL")


@cache
def _flush_of(path: str) -> GroupFlush:
    return GroupFlush(path)

"""One background worker at a time on a database; a second one waits to take over."""

from __future__ import annotations

import fcntl
import logging
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from chengyun.config.environment import Environment
from chengyun.config.prepared import libpq_address, sqlite_file

log = logging.getLogger(__name__)
_LOCK = 0x6379_0001  # any number that nobody else on this database uses


class OneWorker:
    """Holds the lock while in use: a file lock beside SQLite, an advisory lock in PostgreSQL.

    Both are released by the system when the process dies, however it dies.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.held: IO[str] | Any = None

    def __enter__(self) -> Self:
        return self

    def wait(self, stop: threading.Event, every: float = 5.0) -> bool:
        """Wait for the lock; False when told to stop before it came."""
        told = False
        while not self._take():
            if not told:
                log.info("another background worker is at work on this database; waiting to take over")
                told = True
            if stop.wait(every):
                return False
        return not stop.is_set()

    def _take(self) -> bool:
        path = sqlite_file(self.environment)
        return self._take_in_postgresql() if path is None else self._take_file(path.with_suffix(".worker"))

    def _take_file(self, path: Path) -> bool:
        file = path.open("w", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self.held = file
        return True

    def _take_in_postgresql(self) -> bool:
        import psycopg

        address = libpq_address(self.environment.database_url)
        try:
            connection = psycopg.connect(address, connect_timeout=5, autocommit=True)
        except psycopg.OperationalError as error:
            log.warning("the database cannot be reached: %s", str(error).strip())
            return False
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
        if not (row and row[0]):
            connection.close()
            return False
        self.held = connection
        return True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.held is not None:
            self.held.close()

"""What the simulator saw and did, one JSON object a line."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import datetime
from typing import IO, Any

from chengyun.kernel.clock import local, now


class Journal:
    """Lines in memory and, if there is one, in a file. Safe to read from another thread."""

    def __init__(self, file: IO[str] | None = None) -> None:
        self._file, self._lock = file, threading.Lock()
        self._lines: list[dict[str, Any]] = []

    def write(self, event: str, **said: Any) -> None:
        """Add a line: when, which event, its particulars."""
        at: datetime = local(now())
        line = {"at": at.isoformat(timespec="milliseconds"), "event": event, **said}
        with self._lock:
            self._lines.append(line)
        if self._file:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def of(self, event: str) -> list[dict[str, Any]]:
        """The lines of one event, oldest first."""
        with self._lock:
            return [line for line in self._lines if line["event"] == event]

    def counts(self) -> Counter[str]:
        """How many lines of each event."""
        with self._lock:
            return Counter(line["event"] for line in self._lines)

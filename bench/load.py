"""A small load generator: processes with keep-alive connections to this machine, nothing installed.

Bounded in time and in number of connections; it refuses any address that is not loopback.
"""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


@dataclass
class Result:
    """``times`` are seconds, one for each good answer; ``errors`` counts the others."""

    seconds: float
    times: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share (0 to 1) was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else float("nan")


def _one_line(port: int, make: Callable[[], Request], starts: float, until: float, into: Result) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while (began := time.perf_counter()) < until:
        method, path, body, headers = make()
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            into.errors += 1
            into.first_error = into.first_error or repr(error)
            line.close()
            continue
        if answer.status >= 400:
            into.errors += 1
            into.first_error = into.first_error or f"{answer.status} {text[:300]!r}"
        elif began >= starts:
            into.times.append(time.perf_counter() - began)


def _process(port, make, lines, starts, until, back) -> None:  # type: ignore[no-untyped-def]
    parts = [Result(until - starts) for _ in range(lines)]
    threads = [threading.Thread(target=_one_line, args=(port, make, starts, until, part)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    back.put(parts)


def press(
    port: int, make: Callable[[], Request], *, connections: int, seconds: float, warm: float = 2.0
) -> Result:
    """Send what ``make`` makes over this many connections; answers while warming up do not count."""
    context = multiprocessing.get_context("fork")
    processes = 1 if connections < 8 else 2
    back = context.Queue()
    starts = time.perf_counter() + warm  # one clock for all processes of a Linux machine
    until = starts + min(seconds, 120)
    children = [
        context.Process(target=_process, args=(port, make, connections // processes, starts, until, back))
        for _ in range(processes)
    ]
    for child in children:
        child.start()
    total = Result(until - starts)
    for _ in children:
        for part in back.get(timeout=seconds + warm + 60):
            total.times += part.times
            total.errors += part.errors
            total.first_error = total.first_error or part.first_error
    for child in children:
        child.join()
    return total

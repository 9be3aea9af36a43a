"""Text messages in a journey: an operator's gateway over TCP, and the worker that serves it beside the pages."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import close_old_connections, connections

from chengyun.config.background import run_due
from chengyun.kernel import clock
from chengyun.messaging.cmpp.simulator import Behaviour, Simulator
from chengyun.messaging.dispatch.running import run_until
from chengyun.messaging.gateways.secrets import keep_secret
from chengyun.messaging.models import GatewayRow, Rule

PATIENCE = 20.0  # seconds


@contextlib.contextmanager
def operator_at_work() -> Iterator[Simulator]:
    """The simulator, entered as the centre's gateway, and the worker; at night, too, because a test may run then."""
    Rule.objects.filter(name__in=("quiet_from", "quiet_until")).update(value="00:00")
    stop = threading.Event()
    parts = [threading.Thread(target=_thread, args=(part, stop)) for part in (_run_jobs, run_until)]
    with Simulator(Behaviour()) as simulator:
        keep_secret("operator", simulator.behaviour.secret)
        said = {"host": "127.0.0.1", "port": simulator.port, "version": "3.0", "src_id": "10620113"}
        said["account"] = simulator.behaviour.user
        GatewayRow.objects.create(name="operator", kind="cmpp", settings=said, changed_at=clock.now())
        for one in parts:
            one.start()
        try:
            yield simulator
        finally:
            stop.set()
            for one in parts:
                one.join()


def _thread(part: Callable[[threading.Event], None], stop: threading.Event) -> None:
    try:
        part(stop)
    finally:
        connections.close_all()


def _run_jobs(stop: threading.Event) -> None:
    last: dict[str, datetime] = {}
    while not stop.wait(0.1):
        run_due(last, clock.now())
        close_old_connections()


def arrived(simulator: Simulator, *words: str) -> str:
    """The text that reached a telephone and holds these words; waits for it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for one in simulator.journal.of("message"):
            if all(word in one["text"] for word in words):
                return str(one["text"])
        time.sleep(0.05)
    raise AssertionError(f"no message with {words}; there were {simulator.journal.of('message')}")

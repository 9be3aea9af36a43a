"""The web server and the background worker, forked from one process that has loaded the product once.

Forked processes share the memory of what was loaded before: with two web workers and the background
worker that is the difference between one copy of the product in memory and three.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import threading
from typing import Any

from chengyun.config.environment import Environment
from chengyun.config.prepared import sqlite_file
from chengyun.config.processes import die_with_parent

log = logging.getLogger(__name__)
_fork = multiprocessing.get_context("fork")

SQLITE_THREADS = 4  # of each worker; one writes at a time (docs/decisions/0003-two-databases.md)
RESTART_AFTER = 5.0  # seconds


def load_product() -> Any:
    """Load the whole product and return its WSGI application. Opens no connection to the database."""
    from django.urls import get_resolver

    from chengyun.config.wsgi import application

    _ = get_resolver().url_patterns  # imports every room's views
    gc.collect()
    gc.freeze()  # so that the collector does not touch, and so copy, the shared pages
    return application


class BackgroundProcess:
    """The worker, started again should it ever die."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process = self._forked()
        threading.Thread(target=self._watch, name="worker-watch", daemon=True).start()

    def _forked(self) -> multiprocessing.process.BaseProcess:
        process = _fork.Process(target=_work, name="chengyun-worker")
        process.start()
        return process

    def _watch(self) -> None:
        while True:
            self.process.join()
            if self.stopping.wait(0 if self.stopping.is_set() else RESTART_AFTER):
                return
            log.error(
                "the background worker ended (exit code %s) and is started again", self.process.exitcode
            )
            self.process = self._forked()

    def stop(self) -> None:
        """Let it finish what it is doing, but not for ever."""
        self.stopping.set()
        self.process.terminate()
        self.process.join(10)
        if self.process.is_alive():
            self.process.kill()


def _work() -> None:
    from chengyun.config.background import work_until_told

    die_with_parent()
    work_until_told()


def serve(environment: Environment) -> None:
    """Serve until SIGTERM or Ctrl-C. Blocks."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    application = load_product()
    background = BackgroundProcess()
    embedded = sqlite_file(environment) is not None
    server = Server(
        "chengyun.config.wsgi:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.workers,
        blocking_threads=SQLITE_THREADS if embedded else environment.threads,
        blocking_threads_idle_timeout=600,
        backpressure=256,  # requests at once per worker; others wait in the backlog
        http=HTTPModes.http1,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )

    if environment.https:  # a proxy stands before us: the callers' addresses are what it says they are
        application = wrap_wsgi_with_proxy_headers(application, environment.trusted_proxies)

    def loaded() -> Any:
        """Called in each forked web worker."""
        die_with_parent()
        return application

    server.on_shutdown(background.stop)
    try:
        server.serve(target_loader=loaded, wrap_loader=False)
    finally:
        background.stop()

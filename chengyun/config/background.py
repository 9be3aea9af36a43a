"""The background worker: jobs by the clock in one thread, queued tasks (exports) in another, messages in a third
with one more for each gateway on another machine."""

from __future__ import annotations

import logging
import os
import signal
import threading
from datetime import datetime, timedelta
from types import FrameType

from django.db import close_old_connections
from django.utils.module_loading import import_string

from chengyun.config.environment import environment
from chengyun.config.one_worker import OneWorker
from chengyun.config.schedule import JOBS, due
from chengyun.kernel.clock import now

log = logging.getLogger(__name__)
TICK = 1.0  # seconds
RETRY_AFTER = timedelta(minutes=1)  # so that a job of every second, once broken, does not fill the log


def work_until_told() -> None:
    """Work until SIGTERM; finish what is being done first. Waits while another worker is at work."""
    stop = threading.Event()
    os.nice(10)  # whoever waits for a page goes first

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    # Ctrl-C reaches every process of the terminal; the one that started us will tell us with SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    with OneWorker(environment) as alone:
        if not alone.wait(stop):
            return
        _requeue_interrupted()
        queue = threading.Thread(target=_run_queued_until, args=(stop,), name="queued-tasks", daemon=True)
        queue.start()
        messages = threading.Thread(target=_send_until, args=(stop,), name="messages", daemon=True)
        messages.start()
        last: dict[str, datetime] = {}
        while not stop.is_set():
            run_due(last, now())
            close_old_connections()
            stop.wait(TICK)
        queue.join(8)
        messages.join(8)


def run_due(last: dict[str, datetime], moment: datetime) -> None:
    """Run what is due; a job that fails is logged and tried again, a minute later at the soonest."""
    for job in due(JOBS, last, moment):
        last[job.name] = moment
        try:
            import_string(job.path)(now=moment)
        except Exception:
            log.exception("the job '%s' failed", job.name)
            last[job.name] = max(moment, moment + RETRY_AFTER - job.every)


def _requeue_interrupted() -> None:
    """Tasks that a killed worker left half done start again: this is the only worker, so nobody has them."""
    from django_tasks_db.models import DBTaskResult

    from chengyun.kernel.writing import writing

    running = DBTaskResult.objects.running()
    if running.exists():
        with writing():
            running.update(status="READY", started_at=None)


def _send_until(stop: threading.Event) -> None:
    from chengyun.messaging.dispatch.running import run_until

    run_until(stop)


def _run_queued_until(stop: threading.Event) -> None:
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    while not stop.wait(TICK):
        try:
            # Asked first with a plain read: looking for work must not take SQLite's write lock each second.
            while not stop.is_set() and DBTaskResult.objects.ready().exists():
                Worker(
                    queue_names=["*"],
                    interval=0,
                    batch=True,
                    backend_name="default",
                    startup_delay=False,
                    max_tasks=1,
                    worker_id="chengyun-worker",
                    excluded_queue_names=[],
                ).run()
        except Exception:
            log.exception("the queue of background tasks failed")
        close_old_connections()

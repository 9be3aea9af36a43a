"""What is done by the clock. The only list of it; a house test holds it against the rooms' ``jobs.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """``path`` names a function ``(*, now)``, safe to run twice; ``every`` is the time between two runs."""

    name: str
    every: timedelta
    path: str


JOBS: tuple[Job, ...] = (
    Job("hear events of cases", timedelta(seconds=1), "chengyun.cases.hearing.hear_waiting"),
    Job("send messages through local gateways", timedelta(seconds=1), "chengyun.messaging.jobs.send_waiting"),
    Job("hear incoming messages", timedelta(seconds=1), "chengyun.messaging.jobs.hear_inbound"),
    Job("give up waiting for reports", timedelta(minutes=10), "chengyun.messaging.jobs.give_up_waiting"),
    Job("watch the package of messages", timedelta(minutes=5), "chengyun.messaging.jobs.watch_package"),
    Job("forget old messages' texts", timedelta(hours=1), "chengyun.messaging.jobs.forget_old_texts"),
    Job("resume suspended cases", timedelta(minutes=1), "chengyun.cases.jobs.resume_suspended"),
    Job("forget abandoned uploads", timedelta(hours=6), "chengyun.cases.jobs.forget_abandoned_uploads"),
    Job("delete old rejected rows", timedelta(hours=6), "chengyun.hotline.jobs.forget_old_rejects"),
    Job("forget old drafts of orders", timedelta(hours=6), "chengyun.hotline.jobs.forget_old_drafts"),
    Job("read imported replies", timedelta(minutes=5), "chengyun.hotline.jobs.read_imported_replies"),
    Job("spare undrawn callbacks", timedelta(minutes=10), "chengyun.hotline.jobs.spare_undrawn"),
    Job("remind units of deadlines", timedelta(minutes=15), "chengyun.hotline.jobs.remind_units"),
    Job("measure declared targets", timedelta(hours=6), "chengyun.budget.performance.jobs.watch_targets"),
    Job("watch the ends of contracts", timedelta(hours=1), "chengyun.budget.contracts.jobs.watch_ends"),
    Job("forget ended sessions", timedelta(hours=6), "chengyun.config.jobs.forget_sessions"),
    Job("forget finished tasks", timedelta(hours=6), "chengyun.config.jobs.forget_finished_tasks"),
    Job("delete old exports", timedelta(hours=1), "chengyun.workbench.jobs.forget_expired_exports"),
    Job("forget traces of the public", timedelta(hours=1), "chengyun.citizen.jobs.forget_traces"),
    Job(
        "keep the database's statistics fresh", timedelta(hours=6), "chengyun.config.jobs.refresh_statistics"
    ),
)


def due(jobs: Iterable[Job], last: Mapping[str, datetime], now: datetime) -> list[Job]:
    """The jobs whose time has come; one that never ran is due at once."""
    return [job for job in jobs if job.name not in last or now - last[job.name] >= job.every]

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
    Job("resume suspended cases", timedelta(minutes=1), "chengyun.cases.jobs.resume_suspended"),
    Job("forget abandoned uploads", timedelta(hours=6), "chengyun.cases.jobs.forget_abandoned_uploads"),
    Job("delete old rejected rows", timedelta(hours=6), "chengyun.hotline.jobs.forget_old_rejects"),
    Job("forget ended sessions", timedelta(hours=6), "chengyun.config.jobs.forget_sessions"),
    Job("forget finished tasks", timedelta(hours=6), "chengyun.config.jobs.forget_finished_tasks"),
    Job("delete old exports", timedelta(hours=1), "chengyun.workbench.jobs.forget_expired_exports"),
    Job(
        "keep the database's statistics fresh", timedelta(hours=6), "chengyun.config.jobs.refresh_statistics"
    ),
)


def due(jobs: Iterable[Job], last: Mapping[str, datetime], now: datetime) -> list[Job]:
    """The jobs whose time has come; one that never ran is due at once."""
    return [job for job in jobs if job.name not in last or now - last[job.name] >= job.every]

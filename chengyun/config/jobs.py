"""The house's own cleaning, done by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection

from chengyun.kernel.writing import writing

TASKS_KEPT = timedelta(days=30)


def forget_sessions(*, now: datetime) -> None:
    """Delete sessions that have ended."""
    with writing():
        Session.objects.filter(expire_date__lt=now).delete()


def forget_finished_tasks(*, now: datetime) -> None:
    """Delete the records of background tasks that finished a month ago."""
    from django_tasks_db.models import DBTaskResult

    with writing():
        DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()


def refresh_statistics(*, now: datetime) -> None:
    """Let SQLite look at what its query planner should know; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")

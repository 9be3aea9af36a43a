"""What this room does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.hotline.models import ImportRun

REJECTS_KEPT = timedelta(days=30)


def forget_old_rejects(*, now: datetime) -> int:
    """Delete files of rejected rows a month after the import: they hold callers' data. Return how many."""
    gone = 0
    for run in ImportRun.objects.filter(ended_at__lt=now - REJECTS_KEPT, rejected__gt=0):
        if run.rejects.is_file():
            run.rejects.unlink()
            gone += 1
    return gone

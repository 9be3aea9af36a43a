"""What this room does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.hotline.handling import actions as handling
from chengyun.hotline.models import CityImport, ImportRun, OrderDraft, folder

REJECTS_KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=7)


def forget_old_rejects(*, now: datetime) -> int:
    """Delete files of rejected rows a month after the import: they hold callers' data. Return how many."""
    gone = 0
    for run in ImportRun.objects.filter(ended_at__lt=now - REJECTS_KEPT, rejected__gt=0):
        if run.rejects.is_file():
            run.rejects.unlink()
            gone += 1
    old = CityImport.objects.filter(at__lt=now - REJECTS_KEPT).exclude(rejects_name="")
    for name in old.values_list("rejects_name", flat=True):
        path = folder() / name
        if path.is_file():
            path.unlink()
            gone += 1
    return gone


def read_imported_replies(*, now: datetime) -> int:
    """Make the fingerprints of answers that came in bulk. Return how many."""
    return handling.read_imported_replies(now=now)


def spare_undrawn(*, now: datetime) -> int:
    """Let orders that were not drawn for a callback go on to closing. Return how many."""
    return handling.spare_undrawn(now=now)


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts of orders that nobody went on with for a week: they hold callers' data. Return how many."""
    gone, _rows = OrderDraft.objects.filter(saved_at__lt=now - DRAFTS_KEPT).delete()
    return gone

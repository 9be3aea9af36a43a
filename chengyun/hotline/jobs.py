"""What this room does by the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chengyun.hotline.handling import actions as handling
from chengyun.hotline.models import OrderDraft, folder
from chengyun.hotline.notices import reminders

REJECTS_KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=7)


def forget_old_rejects(*, now: datetime) -> int:
    """Delete files of rejected rows, of every kind of import, a month after they were written: they hold
    people's data. Return how many.
    """
    gone = 0
    for path in folder().glob("*.rejects.csv"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - REJECTS_KEPT:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def read_imported_replies(*, now: datetime) -> int:
    """Make the fingerprints of answers that came in bulk. Return how many."""
    return handling.read_imported_replies(now=now)


def spare_undrawn(*, now: datetime) -> int:
    """Let orders that were not drawn for a callback go on to closing. Return how many."""
    return handling.spare_undrawn(now=now)


def remind_units(*, now: datetime) -> int:
    """Remind units of orders that are nearly or already late. Return how many orders."""
    return reminders.remind_units(now=now)


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts of orders that nobody went on with for a week: they hold callers' data. Return how many."""
    gone, _rows = OrderDraft.objects.filter(saved_at__lt=now - DRAFTS_KEPT).delete()
    return gone

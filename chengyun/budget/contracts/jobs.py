"""What this part does by the clock."""

from __future__ import annotations

from datetime import datetime

from chengyun.budget.contracts.actions.notices import notice_ends


def watch_ends(*, now: datetime) -> None:
    """Notice contracts that come to their end in 90, 60 or 30 days."""
    notice_ends(now=now)

"""What the clock does for the workbench."""

from __future__ import annotations

from datetime import datetime

from chengyun.workbench.actions.exports import forget_expired


def forget_expired_exports(*, now: datetime) -> None:
    """Delete exported files whose time is over."""
    forget_expired(now=now)

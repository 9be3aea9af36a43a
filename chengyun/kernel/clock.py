"""The only place that asks the machine for the time."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment, aware, in UTC. Call it once per request or job and hand it on."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return an aware moment as it stands on a clock in Shanghai."""
    return moment.astimezone(SHANGHAI)

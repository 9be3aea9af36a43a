"""How the gateways stand, and which of them serves now."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.kernel.writing import writing
from chengyun.messaging.gateways.kinds import KINDS
from chengyun.messaging.models import GatewayRow

FIRST_PROBE, LONGEST_PROBE = 5, 300  # seconds between two tries of a dead gateway
SUCCESS_KEPT_EVERY = timedelta(seconds=30)


def serving(now: datetime) -> list[GatewayRow]:
    """The gateways that may take messages now, the first choice first.

    That is the first one that is not down, and before it those that are down but due for a probe. One that
    reaches nobody (file, console, practice) never stands in for a real one.
    """
    rows = _enabled()
    real = [row for row in rows if not _reaches_nobody(row)]
    return _first_choices(real or rows, now)


def practising(now: datetime) -> list[GatewayRow]:
    """The gateways that may take messages of rehearsals now: only those that reach nobody."""
    return _first_choices([row for row in _enabled() if _reaches_nobody(row)], now)


def _enabled() -> list[GatewayRow]:
    return [row for row in GatewayRow.objects.filter(enabled=True) if row.kind in KINDS]


def _reaches_nobody(row: GatewayRow) -> bool:
    return row.practice or KINDS[row.kind].local


def _first_choices(rows: list[GatewayRow], now: datetime) -> list[GatewayRow]:
    found: list[GatewayRow] = []
    for row in rows:
        if row.down_since is None:
            return [*found, row]
        if row.probe_at is None or row.probe_at <= now:
            found.append(row)
    return found


def may_serve(name: str, now: datetime) -> tuple[GatewayRow | None, frozenset[bool]]:
    """This gateway's row if it may take messages now, and which: False for real ones, True for rehearsals."""
    choices = {False: serving(now), True: practising(now)}
    takes = frozenset(which for which, rows in choices.items() if any(row.name == name for row in rows))
    return next((row for rows in choices.values() for row in rows if row.name == name), None), takes


def note_up(name: str, *, now: datetime) -> None:
    """It works. Written only when that is news, or the last note is old."""
    row = GatewayRow.objects.filter(name=name).first()
    if row is None:
        return
    fresh = row.last_success_at is not None and now - row.last_success_at < SUCCESS_KEPT_EVERY
    if row.down_since is None and row.up_since is not None and fresh:
        return
    with writing():
        GatewayRow.objects.filter(name=name).update(
            up_since=row.up_since if row.down_since is None and row.up_since else now,
            down_since=None,
            probe_at=None,
            failures=0,
            last_success_at=now,
        )


def note_down(name: str, error: str, *, now: datetime) -> None:
    """It does not work; the next probe waits twice as long as the last."""
    row = GatewayRow.objects.filter(name=name).first()
    if row is None:
        return
    wait = min(FIRST_PROBE * 2 ** min(row.failures, 10), LONGEST_PROBE)
    with writing():
        GatewayRow.objects.filter(name=name).update(
            up_since=None,
            down_since=row.down_since or now,
            probe_at=now + timedelta(seconds=wait),
            failures=row.failures + 1,
            last_error=error[:300],
            last_error_at=now,
        )

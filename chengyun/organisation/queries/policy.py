"""The security policy in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengyun.organisation.models import SecurityPolicy
from chengyun.organisation.posts import SEPARATED
from chengyun.organisation.version import Remembered


@dataclass(frozen=True, slots=True)
class CurrentPolicy:
    """What holds now; see SecurityPolicy. ``password_days`` 0 means a password never grows old."""

    second_factor_posts: frozenset[str] = SEPARATED
    session_minutes: int = 30
    password_days: int = 90
    password_length: int = 10
    failures: int = 5
    lock_minutes: int = 15
    source: str = "出厂值：通用做法，未核实"
    row_id: int | None = None


FACTORY = CurrentPolicy()  # until reference data is loaded; general knowledge [K]

_rows = Remembered(lambda: tuple(SecurityPolicy.objects.order_by("-valid_from")))


def current_policy(now: datetime) -> CurrentPolicy:
    """The newest row whose time has come, else the factory row. Costs no query on a hot path."""
    for row in _rows():
        if row.valid_from <= now:
            return CurrentPolicy(
                second_factor_posts=frozenset(row.second_factor_posts),
                session_minutes=row.session_minutes,
                password_days=row.password_days,
                password_length=row.password_length,
                failures=row.failures,
                lock_minutes=row.lock_minutes,
                source=row.source,
                row_id=row.pk,
            )
    return FACTORY

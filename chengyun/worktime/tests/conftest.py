"""What the tests of this room share."""

from __future__ import annotations

from datetime import datetime

import pytest

from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.clock import SHANGHAI
from chengyun.worktime import freshness


@pytest.fixture(autouse=True)
def _fresh_calendar() -> None:
    """A test's changes are rolled back; what this process prepared from them goes with them."""
    freshness.forget()


@pytest.fixture
def alice() -> Actor:
    """Alice, an administrator."""
    return Actor(1, "Alice", (Holding("admin", 1),))


@pytest.fixture
def bob() -> Actor:
    """Bob, a dispatcher."""
    return Actor(2, "Bob", (Holding("dispatcher", 1),))


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)

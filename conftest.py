"""Fixtures of every room's tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _fresh_organisation() -> None:
    """A test's changes are rolled back; what this process remembers of the organisation goes with them."""
    from chengyun.organisation import version

    version.forget()

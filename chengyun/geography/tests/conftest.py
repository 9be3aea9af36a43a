"""Fixtures of this room: the reference district, loaded once a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from chengyun.geography.actions import load_reference

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def baoshan(_loaded: None, db: None) -> None:
    """The district with its illustrative areas and grids."""

"""The reference district and the catalogues, loaded once a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from chengyun.cases.catalogue_actions import load_reference as load_catalogues
from chengyun.geography.actions import load_reference as load_areas
from chengyun.kernel.clock import now


@pytest.fixture(scope="module")
def district(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Streets, communities, grids and classes; they go when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_areas(now=now())
        load_catalogues(now=now())
        yield
        transaction.set_rollback(True)

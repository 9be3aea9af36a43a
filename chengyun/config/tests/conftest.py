"""A district to play in, for the journeys that cross rooms."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from chengyun.config.reference import load_reference
from chengyun.config.tests.desks import Office
from chengyun.kernel import clock
from chengyun.organisation.actions import rehearsal_people

_kept: list[sqlite3.Connection] = []  # the database of the first district, for those after it


@pytest.fixture
def office(browser: Any, transactional_db: None, live_server: Any, settings: Any) -> Iterator[Office]:
    """A district with reference data and rehearsal people, and no case yet."""
    settings.DEMO = True
    _fill()
    opened = Office(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.faults, f"a page complained: {opened.faults}"


def _fill() -> None:
    """Load the district, which takes seconds; on SQLite a second one in this process is a copy of the first."""
    connection.ensure_connection()
    if _kept:
        _kept[0].backup(connection.connection)
        return
    now = clock.now()
    load_reference(now=now, say=lambda _line: None)
    rehearsal_people(now=now)
    if connection.vendor == "sqlite":
        _kept.append(sqlite3.connect(":memory:", check_same_thread=False))
        connection.connection.backup(_kept[0])

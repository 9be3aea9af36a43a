"""A district to play in, for the journeys that cross rooms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chengyun.config.reference import load_reference
from chengyun.config.tests.desks import Office
from chengyun.kernel import clock
from chengyun.organisation.actions import rehearsal_people


@pytest.fixture
def office(browser: Any, transactional_db: None, live_server: Any, settings: Any) -> Iterator[Office]:
    """A district with reference data and rehearsal people, and no case yet."""
    settings.DEMO = True
    now = clock.now()
    load_reference(now=now, say=lambda _line: None)
    rehearsal_people(now=now)
    opened = Office(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.faults, f"a page complained: {opened.faults}"

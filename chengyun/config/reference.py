"""The reference data of the district, room by room, in the order in which they need one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.module_loading import import_string

# Each is `load_reference(*, now)`: loads what is not there, changes nothing that a person edited.
LOADERS: tuple[str, ...] = (
    "chengyun.worktime.reference.load_reference",
    "chengyun.geography.reference.load_reference",
    "chengyun.organisation.reference.load_reference",
    "chengyun.cases.reference.load_reference",
)


def load_reference(*, now: datetime, say: Callable[[str], None]) -> None:
    """Load the reference data of every room. Safe to run twice."""
    for path in LOADERS:
        loaded = import_string(path)(now=now)
        room = path.split(".")[1]
        say(f"  {room}: {loaded}" if loaded else f"  {room}")

"""Caches of the organisation, valid in every process within a second of a change.

What is cached is keyed by the token of the one version row. A process looks at that row at most once a
second; the process that made the change looks at once.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

from chengyun.organisation.models.version import OrganisationVersion

SECONDS = 1.0  # how long a token is believed; a change is effective everywhere after this

_believed: tuple[str, float] | None = None  # token, monotonic seconds at which it was read
_forgotten = 0  # how often this process was told to forget; part of the token

Value = TypeVar("Value")


def token() -> str:
    """What caches are keyed by: it differs after every change."""
    global _believed
    moment = time.monotonic()
    if _believed is not None and moment - _believed[1] < SECONDS:
        return _believed[0]
    row = OrganisationVersion.objects.filter(pk=1).values_list("token", flat=True).first() or ""
    found = f"{_forgotten}:{row}"
    _believed = (found, moment)
    return found


def forget() -> None:
    """Read everything again on the next question; tests call it because their changes are rolled back."""
    global _believed, _forgotten
    _believed = None
    _forgotten += 1


def bump() -> None:
    """Say that the organisation changed. Call it in the transaction of the change."""
    OrganisationVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    forget()
    transaction.on_commit(forget)


class Remembered(Generic[Value]):
    """A value computed once per version of the organisation."""

    def __init__(self, compute: Callable[[], Value]) -> None:
        self._compute = compute
        self._kept: tuple[str, Value] | None = None

    def __call__(self) -> Value:
        current = token()
        if self._kept is None or self._kept[0] != current:
            self._kept = (current, self._compute())
        return self._kept[1]

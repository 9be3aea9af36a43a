"""Keeps what a process has prepared from the tables in step with them.

Every write changes the token in ``GeographyVersion``. A process asks for it at most every ``CHECK_SECONDS``:
a change made in another process shows within that time, one made in the own process at once.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import transaction

from chengyun.geography.models import GeographyVersion

CHECK_SECONDS = 2.0
Value = TypeVar("Value")

_prepared: list[Prepared[Any]] = []


class Prepared(Generic[Value]):
    """A value made from the tables once and made again when they have changed."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._token: str | None = None
        self._check_at = 0.0
        _prepared.append(self)

    def get(self) -> Value:
        """Return the value; costs a database query at most every ``CHECK_SECONDS``."""
        value = self._value
        if value is not None and time.monotonic() < self._check_at:
            return value
        with self._lock:
            token = current_token()
            if self._value is None or token != self._token:
                self._value, self._token = self._make(), token
            self._check_at = time.monotonic() + CHECK_SECONDS
            return self._value

    def forget(self) -> None:
        """Make it anew at the next use."""
        self._value, self._token = None, None


def current_token() -> str:
    """The token of the tables as they stand; empty before anything was loaded."""
    return GeographyVersion.objects.values_list("token", flat=True).first() or ""


def changed() -> None:
    """Say that areas or grids were written. Call it inside the write transaction."""
    GeographyVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    forget()
    # Between the write and its commit another thread may have prepared the old state once more.
    transaction.on_commit(forget)


def forget() -> None:
    """Drop everything this process has prepared."""
    for prepared in _prepared:
        prepared.forget()

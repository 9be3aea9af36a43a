"""Keeps the prepared calendar and limits of a process in step with the tables.

Every change gives the one version row a new token. A process looks at it at most every ``CHECK_SECONDS``: a
change made elsewhere shows within that time, one of its own at once.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

from chengyun.worktime.models import CalendarVersion

CHECK_SECONDS = 2.0
Value = TypeVar("Value")


class Prepared(Generic[Value]):
    """A value made from the tables, and made again once they have changed."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._token = ""
        self._check_at = 0.0

    def get(self) -> Value:
        """The value; a query to the database at most every ``CHECK_SECONDS``."""
        value = self._value
        if value is not None and time.monotonic() < self._check_at:
            return value
        with self._lock:
            token = CalendarVersion.objects.filter(pk=1).values_list("token", flat=True).first() or ""
            if self._value is None or token != self._token:
                self._value, self._token = self._make(), token
            self._check_at = time.monotonic() + CHECK_SECONDS
            return self._value

    def forget(self) -> None:
        """Make it anew at the next use."""
        self._value = None


_prepared: list[Prepared[object]] = []


def remember(prepared: Prepared[Value]) -> Prepared[Value]:
    """Have a prepared value dropped by ``forget``."""
    _prepared.append(prepared)  # type: ignore[arg-type]
    return prepared


def forget() -> None:
    """Drop what this process has prepared. Tests call it, because their changes are rolled back."""
    for prepared in _prepared:
        prepared.forget()


def lock() -> CalendarVersion:
    """The version row, held until the transaction ends, so that changes come one after the other."""
    CalendarVersion.objects.get_or_create(pk=1)
    return CalendarVersion.objects.select_for_update().get(pk=1)


def bump() -> int:
    """Say that the tables changed, inside the transaction of the change; return the new number."""
    row = lock()
    row.number += 1
    row.token = uuid.uuid4().hex
    row.save()
    forget()
    # Between the write and its commit another thread may have prepared the old state once more.
    transaction.on_commit(forget)
    return row.number

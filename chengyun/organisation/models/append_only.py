"""Logs are written once: a row can be neither changed nor removed through the models."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Reads and inserts only."""

    def update(self, **said: Any) -> NoReturn:
        raise TypeError("a log row is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("a log row is never removed")


class AppendOnly(models.Model):
    """Base of the logs."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **said: Any) -> None:
        if self.pk is not None:
            raise TypeError("a log row is never changed")
        super().save(*args, **said)

    def delete(self, *args: Any, **said: Any) -> NoReturn:
        raise TypeError("a log row is never removed")

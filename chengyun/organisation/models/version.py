"""One row whose token changes with every change of the organisation: caches of all processes compare it."""

from __future__ import annotations

from django.db import models


class OrganisationVersion(models.Model):
    """Exactly one row, id 1. A random token instead of a counter, so that a rolled-back change cannot
    leave a cache filled under a number that is given out again."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token

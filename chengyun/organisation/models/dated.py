"""What every dated row shares: it is valid from a day, and until a day (both included) or for good."""

from __future__ import annotations

from datetime import date

from django.db.models import CheckConstraint, F, Q


def ends_after_it_begins(name: str) -> CheckConstraint:
    """A table constraint: ``valid_until`` is empty or not before ``valid_from``."""
    return CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name=name
    )


def valid_on(day: date) -> Q:
    """A filter: the row holds on that day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))

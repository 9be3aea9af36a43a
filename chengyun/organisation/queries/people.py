"""Who holds a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from chengyun.organisation.models import Person, Posting, Substitution


def people_holding(post: str, unit_id: int | None, on: date) -> QuerySet[Person]:
    """Active people who hold ``post`` on that day in that very unit (anywhere if None), by name."""
    postings = Posting.objects.held_on(on).filter(post=post)
    if unit_id is not None:
        postings = postings.filter(unit_id=unit_id)
    return Person.objects.filter(active=True, pk__in=postings.values("person_id")).order_by("name", "pk")


def substitutions_of(person_id: int, now: datetime) -> QuerySet[Substitution]:
    """Substitutions by or for a person that have not ended, the next first."""
    rows = Substitution.objects.filter(Q(absent_id=person_id) | Q(substitute_id=person_id))
    return (
        rows.filter(ends_at__gt=now, cancelled_at__isnull=True)
        .select_related("absent", "substitute")
        .order_by("starts_at", "pk")
    )

"""Who holds a post."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from chengyun.organisation.models import Person, Posting


def people_holding(post: str, unit_id: int | None, on: date) -> QuerySet[Person]:
    """Active people who hold ``post`` on that day in that very unit (anywhere if None), by name."""
    postings = Posting.objects.held_on(on).filter(post=post)
    if unit_id is not None:
        postings = postings.filter(unit_id=unit_id)
    return Person.objects.filter(active=True, pk__in=postings.values("person_id")).order_by("name", "pk")

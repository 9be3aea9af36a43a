"""People, the posts they hold, and who stands in for whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.actor import Actor
from chengyun.organisation.models.dated import ends_after_it_begins, valid_on
from chengyun.organisation.models.units import Unit
from chengyun.organisation.posts import CENTRE, SEPARATED, Post

# Posts that deal with staff of the whole district.
_SEES_EVERYBODY = CENTRE | SEPARATED


class PersonQuerySet(models.QuerySet["Person"]):
    """Named reads of people."""

    def seen_by(self, actor: Actor | None) -> PersonQuerySet:
        """Everybody for the centre's posts and the three administrators; else one's own units."""
        if actor is None:
            return self.none()
        if actor.holds(*_SEES_EVERYBODY):
            return self.all()
        units = actor.units() | ({actor.unit_id} if actor.unit_id else set())
        return self.filter(Q(unit__in=units) | Q(pk=actor.person_id))


class Person(models.Model):
    """A member of staff."""

    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    phone = models.CharField(max_length=20, blank=True)
    active = models.BooleanField(default=True)
    rehearsal = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(models.QuerySet["Posting"]):
    """Named reads of postings."""

    def held_on(self, day: date) -> PostingQuerySet:
        """Postings that hold on that day. One that was withdrawn no longer holds on the day it was."""
        return self.filter(valid_on(day)).exclude(withdrawn_at__isnull=False, valid_until=day)


class Posting(models.Model):
    """A person holds a post in a unit for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    post = models.CharField(max_length=20, choices=Post.choices())
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # ended at once; valid_until is that day

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("posting_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["person", "post", "unit", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="posting_once",
            ),
        ]
        indexes = [models.Index(fields=["post", "unit"], name="posting_post_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post} {self.unit_id}"

    @property
    def post_label(self) -> str:
        """The post in the reader's language."""
        return Post(self.post).label


class Substitution(models.Model):
    """While ``absent`` is away, ``substitute`` may do what they may do; history names both."""

    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)  # called off before it began

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="substitution_has_length"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="substitution_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id} -> {self.substitute_id}"

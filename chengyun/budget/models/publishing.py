"""Tables of this part: publications and their differences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from chengyun.budget.models.ledger import Budget
from chengyun.budget.publishing import policies
from chengyun.budget.publishing.words import FileKind, PublicationDeed, PublicationState
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.models import Person
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet
from chengyun.worktime.limits import Provenance


class PublishingTerm(models.Model):
    """Within how many calendar days after approval a budget is published; a dated row with its source."""

    days = models.PositiveSmallIntegerField()
    valid_from = models.DateField(unique=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-valid_from"]


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Named reads."""

    def seen_by(self, actor: Actor | None) -> PublicationQuerySet:
        """Everything for clerk, leaders and auditors; what is published for everybody, strangers too."""
        if actor is not None and actor.holds(*policies.READING):
            return self.all()
        return self.released()

    def released(self) -> PublicationQuerySet:
        """Published versions, the newest year and version first."""
        return self.filter(state=PublicationState.RELEASED).order_by("-fiscal_year", "org_name", "-number")


class Publication(models.Model):
    """One version of a published budget: the document as printed, its files, what the checker said of them.

    ``ledger_version`` and ``ledger_revision`` name the state of the ledger it was made from. A correction is
    a row of its own with ``supersedes`` and ``correction_note``.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    ledger_version = models.PositiveIntegerField()
    ledger_revision = models.PositiveIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    org_name = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    content = models.JSONField()  # as publishing.plain has it
    findings = models.JSONField(default=list)  # as publishing.gate has them
    state = models.CharField(
        max_length=10, choices=PublicationState.choices(), default=PublicationState.PREPARED
    )
    version = models.PositiveIntegerField(default=0)  # compare-and-set
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    correction_note = models.CharField(max_length=500, blank=True)
    approved_on = models.DateField()
    due_on = models.DateField(null=True)
    prepared_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    late_reason = models.CharField(max_length=500, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "number"],
                condition=models.Q(state=PublicationState.RELEASED),
                name="publication_number_once",
            ),
            models.UniqueConstraint(
                fields=["budget"],
                condition=models.Q(state=PublicationState.PREPARED),
                name="publication_one_prepared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def standing(self) -> PublicationState:
        """The state with its label and meaning."""
        return PublicationState(self.state)

    @property
    def released_on(self) -> date | None:
        """The day on which it was published."""
        return None if self.released_at is None else local(self.released_at).date()

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Findings of weight F or E; ``queries.open_failures`` leaves out those that were explained."""
        return [line for line in self.findings if line["blocking"]]


class PublicationFile(models.Model):
    """A rendered file; its content lies in the store of attachments under its SHA-256."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind.choices())
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "kind"], name="publication_file_once")]

    @property
    def kind_of(self) -> FileKind:
        """The kind with its label."""
        return FileKind(self.kind)


class PublicationEvent(AppendOnly):
    """What was done, by whom, when; ``finding`` is the key of the finding that was explained."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="events")
    deed = models.CharField(max_length=10, choices=PublicationDeed.choices())
    finding = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def deed_of(self) -> PublicationDeed:
        """The deed with its label."""
        return PublicationDeed(self.deed)

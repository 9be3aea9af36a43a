"""Tables of this part: documents that were checked, findings and what became of them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from chengyun.budget.review import policies
from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Person


class ReviewState(Labelled):
    """Where a check of documents stands."""

    QUEUED = "queued", "排队中", "Queued"
    RUNNING = "running", "核对中", "Checking"
    DONE = "done", "已核对", "Checked", "good"
    STOPPED = "stopped", "已停止", "Stopped", "stopped"
    FAILED = "failed", "无法核对", "Cannot be checked", "overdue"


class DispositionKind(Labelled):
    """What a person makes of a finding."""

    ACCEPTED = "accepted", "采纳", "Accepted", "good"
    EXPLAINED = "explained", "已说明", "Explained"
    REJECTED = "rejected", "不采纳", "Rejected", "stopped"
    REOPENED = "reopened", "重新处理", "Open again", "due-soon"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Named reads."""

    def seen_by(self, actor: Actor | None) -> ReviewQuerySet:
        """Everything for those who may read reports, nothing for others."""
        return self.order_by("-id") if policies.may_read(actor) else self.none()


class Review(models.Model):
    """One handing in: a document, or up to a hundred of them, checked in the background."""

    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ReviewState.choices(), default=ReviewState.QUEUED)
    stop_asked = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField()
    passed = models.PositiveIntegerField(default=0)  # documents that are through, readable or not
    prior_name = models.CharField(max_length=200, blank=True)  # last year's budget, as it was called
    prior_stored = models.CharField(max_length=60, blank=True)
    skipped = models.JSONField(default=list)  # names in a folder or archive that are no documents

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> ReviewState:
        """The state with its label and meaning."""
        return ReviewState(self.state)

    @property
    def under_way(self) -> bool:
        """Whether it waits or works."""
        return self.state in (ReviewState.QUEUED, ReviewState.RUNNING)


class DocumentQuerySet(models.QuerySet["ReviewedDocument"]):
    """Named reads."""

    def seen_by(self, actor: Actor | None) -> DocumentQuerySet:
        """Everything for those who may read reports, nothing for others."""
        return self.order_by("-id") if policies.may_read(actor) else self.none()


class ReviewedDocument(models.Model):
    """One file and what came of its check; counts are of findings with their consequences."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)  # as it was called on the other machine
    stored_name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    state = models.CharField(max_length=10, choices=ReviewState.choices(), default=ReviewState.QUEUED)
    problem = models.CharField(max_length=500, blank=True)
    seconds = models.FloatField(null=True)
    heading = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=4, blank=True)  # txt, docx, xlsx, xls, pdf
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    fatal = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    infos = models.PositiveIntegerField(default=0)
    to_settle = models.PositiveIntegerField(default=0)  # findings, consequences not counted

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> ReviewState:
        """The state with its label and meaning."""
        return ReviewState(self.state)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return folder() / self.stored_name


class ReviewReport(models.Model):
    """What the check said, whole: see ``review.report``. Written once."""

    document = models.OneToOneField(ReviewedDocument, on_delete=models.PROTECT, related_name="report")
    said = models.JSONField()


class Disposition(models.Model):
    """What somebody made of a finding. Never changed: a second thought is the next ``number``."""

    document = models.ForeignKey(ReviewedDocument, on_delete=models.PROTECT, related_name="dispositions")
    finding = models.CharField(max_length=12)  # its key in the report
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=DispositionKind.choices())
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "finding", "number"], name="disposition_in_turn")
        ]

    def __str__(self) -> str:
        return f"{self.finding} {self.kind}"

    @property
    def standing(self) -> DispositionKind:
        """The kind with its label and meaning."""
        return DispositionKind(self.kind)


class CorrectedCopy(models.Model):
    """A copy of a document with some proposals applied, because somebody asked for each of them."""

    document = models.ForeignKey(ReviewedDocument, on_delete=models.PROTECT, related_name="copies")
    findings = models.JSONField()  # keys of the findings whose proposals were applied
    changes = models.JSONField()  # table, row, column, place, from, to
    stored_name = models.CharField(max_length=60)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.stored_name

    @property
    def path(self) -> Path:
        """Where the copy lies."""
        return folder() / self.stored_name


def folder() -> Path:
    """The folder of checked documents, which no web server serves."""
    found = Path(settings.DATA_FOLDER) / "budget-reviews"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found

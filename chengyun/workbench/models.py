"""What a person keeps in the workbench: filters under a name, and lists exported as files."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Person


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Named reads."""

    def seen_by(self, actor: Actor) -> SavedFilterQuerySet:
        """One's own, by name."""
        return self.filter(owner_id=actor.person_id).order_by("name")


class SavedFilter(models.Model):
    """A filter that somebody wants to use again. ``list_name`` is empty for the list of all cases."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    list_name = models.CharField(max_length=20, blank=True)
    query = models.CharField(max_length=600, blank=True)
    saved_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where the list under this filter is."""
        here = (
            reverse("workbench:list", args=[self.list_name]) if self.list_name else reverse("workbench:cases")
        )
        return f"{here}?{self.query}" if self.query else here


class ExportState(Labelled):
    """How far an export has come."""

    WAITING = "waiting", "排队中", "Waiting"
    RUNNING = "running", "生成中", "Running"
    DONE = "done", "已完成", "Done", "good"
    FAILED = "failed", "未完成", "Failed", "overdue"
    CANCELLED = "cancelled", "已取消", "Cancelled", "stopped"
    EXPIRED = "expired", "已过期", "Expired", "stopped"


class ExportQuerySet(models.QuerySet["Export"]):
    """Named reads."""

    def seen_by(self, actor: Actor) -> ExportQuerySet:
        """One's own, newest first: nobody else may fetch the file."""
        return self.filter(owner_id=actor.person_id).order_by("-id")


class Export(models.Model):
    """A list written into an XLSX file by the worker. ``progress`` and ``total`` count rows."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()  # what the person may see is asked anew when the work is done
    address = models.CharField(max_length=45, blank=True)
    list_name = models.CharField(max_length=20, blank=True)
    query = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=10, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ExportState.choices(), default=ExportState.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)  # unknown until counted
    problem = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=60, blank=True)  # name in the folder of exports
    size = models.PositiveBigIntegerField(default=0)  # bytes
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def standing(self) -> ExportState:
        """The state with its label and meaning."""
        return ExportState(self.state)

    @property
    def under_way(self) -> bool:
        """Whether it will still change by itself."""
        return self.state in (ExportState.WAITING, ExportState.RUNNING)

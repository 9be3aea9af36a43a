"""Tables of this room."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Person


class RunState(Labelled):
    """Where an import stands."""

    QUEUED = "queued", "排队中", "Queued"
    RUNNING = "running", "导入中", "Running"
    DONE = "done", "已完成", "Done", "good"
    STOPPED = "stopped", "已停止", "Stopped", "stopped"
    FAILED = "failed", "未能完成", "Failed", "overdue"


class ImportRun(models.Model):
    """One file of orders handed in on a page: how far it is and what came of it.

    ``length`` and ``passed`` are bytes of a CSV or rows of an XLSX, for the bar only.
    """

    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)  # as it was called on the other machine
    stored_name = models.CharField(max_length=60)  # in the folder of imports; gone when the run has ended
    mapping = models.CharField(max_length=60)
    rehearsal = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState.choices(), default=RunState.QUEUED)
    stop_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    length = models.PositiveBigIntegerField(default=0)
    passed = models.PositiveBigIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    ungridded = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"

    @property
    def state_seen(self) -> RunState:
        """The state with its label and meaning."""
        return RunState(self.state)

    @property
    def under_way(self) -> bool:
        """Whether it waits or works."""
        return self.state in (RunState.QUEUED, RunState.RUNNING)

    @property
    def path(self) -> Path:
        """Where the file lies until the run has ended."""
        return folder() / self.stored_name

    @property
    def rejects(self) -> Path:
        """Where rejected rows are, if there are any."""
        return folder() / f"run-{self.pk}.rejects.csv"


def folder() -> Path:
    """The folder of imports, which no web server serves."""
    found = Path(settings.DATA_FOLDER) / "imports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found

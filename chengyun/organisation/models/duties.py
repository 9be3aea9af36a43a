"""Who answers for which grid, and for which branch of a catalogue."""

from __future__ import annotations

from django.db import models

from chengyun.geography.models import Area, Grid
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.organisation.models.people import Person
from chengyun.organisation.models.units import Unit


class GridDuty(models.Model):
    """Who answers for a grid: the unit that handles, and the inspector who walks it."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    inspector = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ends_after_it_begins("grid_duty_ends_after_it_begins"),
            models.UniqueConstraint(fields=["grid", "valid_from"], name="grid_duty_once"),
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.unit_id or ''} {self.inspector_id or ''}"


class ClassDuty(models.Model):
    """Which unit answers for a branch of a catalogue (a code or its beginning), optionally in one area.

    ``catalogue`` is the catalogue's key (``gbt47678.5-2026``) and ``branch`` the beginning of what follows it
    in a full code (``P/01`` of ``gbt47678.5-2026/P/01003``; ``04`` of ``db44t2479-2024/0401``).
    """

    catalogue = models.CharField(max_length=40)
    branch = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)  # 依据
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_begins("class_duty_ends_after_it_begins")]
        indexes = [models.Index(fields=["catalogue", "branch"], name="class_duty_branch")]

    def __str__(self) -> str:
        return f"{self.catalogue}/{self.branch} {self.unit_id}"

"""Areas and grids, versioned by validity. Coordinates are WGS-84 (longitude, latitude).

A row holds from ``valid_from`` until the day before ``valid_until``. The row without ``valid_until`` is the
living one and keeps its id through every new version: cases, duties and people point at it. What it said
before is copied into a closed row of the same code.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from chengyun.kernel.labelled import Labelled


class AreaKind(Labelled):
    """Levels of the administrative tree."""

    DISTRICT = "district", "区", "District"
    STREET = "street", "街镇", "Street or town"
    COMMUNITY = "community", "居村", "Community"


class GridKind(Labelled):
    """Kinds of grids; they may overlap, each kind is drawn for its own purpose."""

    UNIT = "unit", "单元网格", "Unit grid"
    RESPONSIBILITY = "responsibility", "责任网格", "Responsibility grid"
    COMPREHENSIVE = "comprehensive", "综合网格", "Comprehensive grid"


class Area(models.Model):
    """A district, street/town or community (居村委) with its official code."""

    kind = models.CharField(max_length=16, choices=AreaKind.choices())
    code = models.CharField(max_length=12)  # 6, 9 or 12 digits
    name = models.CharField(max_length=60)
    aliases = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    boundary = models.TextField(blank=True)  # GeoJSON geometry
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    illustrative = models.BooleanField(default=False)  # the boundary is drawn for show, not surveyed
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="area_code_version")]
        indexes = [models.Index(fields=["kind", "code"], name="area_kind_code")]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name

    @property
    def boundary_label(self) -> str:
        """What a reader must know about the boundary: 示意 (drawn for show), surveyed, or none."""
        if not self.boundary:
            return _("无边界")
        return _("边界示意") if self.illustrative else _("已导入边界")


class Grid(models.Model):
    """A typed grid. A unit grid has a 15-digit code: district 6, street 3, community 3, serial 3."""

    kind = models.CharField(max_length=16, choices=GridKind.choices())
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60, blank=True)
    street = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    boundary = models.TextField(blank=True)  # GeoJSON geometry
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    illustrative = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="grid_code_version")
        ]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name or self.code


class GridMember(models.Model):
    """A unit grid inside a grouping grid (responsibility, comprehensive, …)."""

    group = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="members")
    unit_grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "unit_grid"], name="grid_member_once")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.unit_grid_id}"


class GeographyVersion(models.Model):
    """One row whose token changes with every write, so that every process notices and reads anew."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token

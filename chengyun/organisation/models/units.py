"""Units: the centre with its sections, bureaus, streets, communities, handling teams, in a tree."""

from __future__ import annotations

from django.db import models

from chengyun.geography.models import Area
from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled


class UnitKind(Labelled):
    """What a unit is."""

    CENTRE = "centre", "城运中心", "Centre"
    SECTION = "section", "科室", "Section"
    BUREAU = "bureau", "委办局", "Bureau"
    UTILITY = "utility", "公用事业单位", "Utility"
    STREET = "street", "街镇", "Street or town"
    COMMUNITY = "community", "居村委", "Community"
    TEAM = "team", "处置队伍", "Handling team"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Named reads of units."""

    def seen_by(self, actor: Actor | None) -> UnitQuerySet:
        """All units for anybody at work (every form that names a unit needs them); none for strangers."""
        return self.none() if actor is None else self.all()

    def beneath(self, unit: Unit) -> UnitQuerySet:
        """The unit itself and all units beneath it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A unit in the tree. ``path`` is the ids from the root, as in ``/1/7/30/``."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=UnitKind.choices())
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, blank=True, db_index=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    active = models.BooleanField(default=True)
    rehearsal = models.BooleanField(default=False)  # 演练数据
    source = models.CharField(max_length=200, blank=True)  # where the row comes from, and whether confirmed

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="unit_kind_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return UnitKind(self.kind).label

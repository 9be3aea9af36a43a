"""Catalogues (目录) of parts, matters and appeal classes, kept by version side by side."""

from __future__ import annotations

from django.db import models

from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.organisation.models import Person
from chengyun.organisation.models.dated import ends_after_it_begins


class Catalogue(models.Model):
    """One edition of one standard, for one kind. It is in force from and until a day, both included."""

    code = models.CharField(max_length=40)  # gbt47678.5-2026
    kind = models.CharField(max_length=10, choices=CatalogueKind.choices())
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=300)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "kind", name="one_catalogue_per_code_and_kind"),
            ends_after_it_begins("catalogue_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueItem(models.Model):
    """A class (大类 and so on, ``level`` 1 up) or a leaf (小类) of a catalogue.

    ``key`` names it everywhere: ``gbt47678.5-2026/P/01001``, ``db44t2479-2024/010101``. Codes alone are not
    unique: 04 and 05 changed places between two editions. Rows are retired, never deleted.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=60, unique=True)
    side = models.CharField(max_length=1, blank=True)  # P part, M matter, empty for appeals: as in the key
    code = models.CharField(max_length=20)
    parent_code = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    remark = models.CharField(max_length=500, blank=True)
    local = models.BooleanField(default=False)  # 本区扩展
    active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)  # null: as published
    change_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["catalogue", "parent_code"], name="catalogue_item_children")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CatalogueCriterion(models.Model):
    """A criterion or condition of an item; one on a class holds for everything beneath it."""

    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="criteria")
    kind = models.CharField(max_length=10, choices=CriterionKind.choices())
    code = models.CharField(max_length=20)  # unique within item and kind; conditions use it in time limits
    text = models.CharField(max_length=200)
    provenance = models.CharField(max_length=300)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("item", "kind", "code", name="one_criterion_per_code")]

    def __str__(self) -> str:
        return self.text


class CatalogueMapping(models.Model):
    """What an item of an older edition is called in the newer; an empty ``new_key`` says there is none."""

    old_key = models.CharField(max_length=60)
    new_key = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("old_key", "new_key", name="one_mapping_per_pair")]

    def __str__(self) -> str:
        return f"{self.old_key} → {self.new_key or '—'}"


class CatalogueVersion(models.Model):
    """Exactly one row, id 1: its token changes with every change, so each process knows its copy is old.

    Random, not a counter: a rolled-back change cannot leave a copy under a number given out again.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token

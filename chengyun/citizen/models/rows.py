"""What the centre decides about the public's pages: rows with a source, edited on screen."""

from __future__ import annotations

from django.db import models

from chengyun.cases.vocabulary import AppealType
from chengyun.citizen.vocabulary import CitizenRuleName, WordOf
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.worktime.limits import Provenance


class CitizenRule(models.Model):
    """A number of these pages from a day on. The newest row that has begun is in force."""

    name = models.CharField(max_length=30, choices=CitizenRuleName.choices())
    value = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "valid_from"], name="citizen_rule_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class PlainCategory(models.Model):
    """What a citizen chooses from, in everyday words, and the class of the catalogue it stands for."""

    name = models.CharField(max_length=20, unique=True)
    name_en = models.CharField(max_length=40)
    hint = models.CharField(max_length=60, blank=True)
    hint_en = models.CharField(max_length=120, blank=True)
    icon = models.CharField(max_length=30)
    catalogue_key = models.CharField(max_length=60, blank=True)
    appeal_type = models.CharField(max_length=16, choices=AppealType.choices())
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class PublicClass(models.Model):
    """Whether orders of a class (and of all beneath it) may be shown to everybody, and by what neutral title.

    The row nearest to the leaf wins; without a row nothing is shown.
    """

    catalogue_key = models.CharField(max_length=60)
    public = models.BooleanField(default=False)
    title = models.CharField(max_length=40)
    title_en = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())

    class Meta:
        ordering = ["catalogue_key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue_key", "valid_from"], name="public_class_once"),
            ends_after_it_begins("public_class_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue_key} {self.title}"


class PlainWord(models.Model):
    """What the public reads for an internal state or step. A step that is not ``shown`` stays inside."""

    process = models.CharField(max_length=10)
    thing = models.CharField(max_length=10, choices=WordOf.choices())
    name = models.CharField(max_length=32)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    explained_zh = models.CharField(max_length=200, blank=True)
    explained_en = models.CharField(max_length=300, blank=True)
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["process", "thing", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "thing", "name"], name="plain_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.name} {self.zh}"


class PlainQuestion(models.Model):
    """A question that a person answers at once and a programme does not. Answers are parted by commas."""

    zh = models.CharField(max_length=80, unique=True)
    en = models.CharField(max_length=160)
    answers = models.CharField(max_length=100)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.zh

"""Tables of this part: learnt models, words that name a class, and the dispatch catalogue 派单目录."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from chengyun.geography.models import Area
from chengyun.organisation.models import Person, Unit
from chengyun.organisation.models.dated import ends_after_it_begins


class LearntModel(models.Model):
    """One version of a learnt classifier: where it came from and how well it did on texts it had not seen.

    ``scores`` holds precision, recall, F1 and number of texts of each label, and what was left out.
    """

    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    file_digest = models.CharField(max_length=64)  # SHA-256, and the name of the file
    data_digest = models.CharField(max_length=64)  # SHA-256 of what it was learnt from
    data_source = models.CharField(max_length=200)
    texts = models.PositiveIntegerField()
    labels = models.PositiveIntegerField()
    folds = models.PositiveSmallIntegerField()
    macro_f1 = models.FloatField()
    accuracy = models.FloatField()
    scores = models.JSONField(default=dict)
    learnt_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [models.UniqueConstraint("name", "version", name="learnt_model_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def path(self) -> Path:
        """The file of the classifier."""
        return models_folder() / f"{self.file_digest}.npz"


def models_folder() -> Path:
    """The folder of learnt models, which no web server serves."""
    found = Path(settings.DATA_FOLDER) / "models"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


class ClassWord(models.Model):
    """A word that callers use for an appeal class (同义词), as 路灯 for 公共设施."""

    word = models.CharField(max_length=20)
    catalogue_key = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=300)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["catalogue_key", "word"]
        constraints = [models.UniqueConstraint("word", "catalogue_key", name="class_word_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.catalogue_key}"


class DispatchRule(models.Model):
    """A line of the dispatch catalogue (派单目录): orders of a class, in an area, go to a unit.

    ``branch`` is the beginning of a class's key (``db44t2479-2024/0305``), empty for every class; no area means
    the whole district. ``own_duty`` marks a department's own duty, which is not pushed down to streets.
    """

    branch = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    helpers = models.ManyToManyField(Unit, blank=True, related_name="+")
    own_duty = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=300)
    rehearsal = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(
        default=False
    )  # replaced before it counted, or wrong: kept, never applied
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["branch", "area_id", "valid_from", "id"]
        constraints = [ends_after_it_begins("dispatch_rule_ends_after_it_begins")]
        indexes = [models.Index(fields=["branch"], name="dispatch_rule_branch")]

    def __str__(self) -> str:
        return f"{self.branch or '*'} {self.lead_unit_id}"

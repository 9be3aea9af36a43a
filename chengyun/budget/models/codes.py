"""政府收支分类科目: the codes of a fiscal year, each with how sure its name and number are."""

from __future__ import annotations

from django.db import models

from chengyun.kernel.labelled import Labelled


class CodeKind(Labelled):
    """Which classification a code belongs to."""

    FUNCTION = "function", "支出功能分类", "Functional classification"
    ECONOMIC = "economic", "部门预算支出经济分类", "Economic classification of departments"


class CodeVersion(models.Model):
    """A classification as it holds from a fiscal year on, until one of a later year is there."""

    kind = models.CharField(max_length=12, choices=CodeKind.choices())
    fiscal_year = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "fiscal_year"], name="code_version_once")]


class Code(models.Model):
    """One code. Its parent is its own beginning: 208 → 20805 → 2080505; economic codes have two levels."""

    version = models.ForeignKey(CodeVersion, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=7)
    name = models.CharField(max_length=80)
    group = models.CharField(max_length=20, blank=True)  # 人员经费 or 公用经费, as table 8 sets it
    # S and T: read in a published document; M: not confirmed yet; "added": entered here, with its source.
    mark = models.CharField(max_length=8)
    source = models.CharField(max_length=200, blank=True)  # of a code that was added here
    added_by = models.CharField(max_length=40, blank=True)  # "" for rows that the product brings
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="code_once_a_version")]
        ordering = ["code"]

    @property
    def sure(self) -> bool:
        """Whether name and number were confirmed from a published document."""
        return self.mark != "M"

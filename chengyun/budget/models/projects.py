"""Projects: what they are for, on what they rest, what a year asks for them."""

from __future__ import annotations

from django.db import models

from chengyun.kernel.labelled import Labelled


class Nature(Labelled):
    """How long a project goes on (项目性质)."""

    RECURRENT = "recurrent", "经常性", "Recurrent"
    ONE_OFF = "one_off", "一次性", "One-off"
    PHASED = "phased", "阶段性", "Phased"


class Heading(Labelled):
    """The seven headings of a project's note, in order."""

    OVERVIEW = "overview", "项目概述", "Overview"
    BASIS = "basis", "立项依据", "Legal basis"
    BODY = "body", "实施主体", "Responsible body"
    PLAN = "plan", "实施方案", "Plan"
    PERIOD = "period", "实施周期", "Period"
    MONEY = "money", "年度预算安排", "Budget of the year"
    TARGETS = "targets", "绩效目标", "Targets"


class Project(models.Model):
    """A project over all its years. ``stands_for`` is above 1 where several were published as one sum."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=60, blank=True)  # 项目类别
    nature = models.CharField(max_length=12, choices=Nature.choices(), default=Nature.RECURRENT)
    department = models.CharField(max_length=80)  # 主管部门
    unit = models.CharField(max_length=80)  # 实施单位
    stands_for = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ProjectYear(models.Model):
    """A project in a budget. The year's amounts are the sums of its lines; only what was carried over is typed.

    ``start``, ``end`` and ``total`` are as this year's form states them: a recurrent project has new ones each year.
    """

    budget = models.ForeignKey("budget.Budget", on_delete=models.PROTECT, related_name="project_years")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="years")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    total = models.DecimalField(
        max_digits=18, decimal_places=2, default=0
    )  # 0: the year's amount is the whole
    carried_over = models.DecimalField(
        max_digits=18, decimal_places=2, default=0
    )  # 上年结转, within the grant
    has_targets = models.BooleanField(default=False)  # 编报绩效目标
    published = models.BooleanField(default=False)  # 公开项目经费情况说明

    class Meta:
        ordering = ["project__code"]
        constraints = [models.UniqueConstraint(fields=["budget", "project"], name="project_year_once")]


class ProjectSection(models.Model):
    """The text of one heading in a budget."""

    year = models.ForeignKey(ProjectYear, on_delete=models.PROTECT, related_name="sections")
    heading = models.CharField(max_length=12, choices=Heading.choices())
    text = models.TextField(max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "heading"], name="project_section_once")]


class LegalBasis(models.Model):
    """A document that a project rests on, and the years it holds for."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="bases")
    number = models.CharField(max_length=60)  # 文号
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=80, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

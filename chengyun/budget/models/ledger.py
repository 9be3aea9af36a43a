"""The ledger: the only place where amounts are typed. Money is ``Decimal`` in 元."""

from __future__ import annotations

from django.db import models

from chengyun.budget.kinds import Edition, Figure, Fund, LineKind, OrgKind, Source, Stage
from chengyun.budget.ledger.policies import READING
from chengyun.budget.ledger.stages import is_open
from chengyun.budget.models.projects import Project
from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Unit


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Named reads of budgets."""

    def seen_by(self, actor: Actor | None) -> BudgetQuerySet:
        """All for the clerk, leaders and auditors; none for others."""
        return self.all() if actor is not None and actor.holds(*READING) else self.none()


class Budget(models.Model):
    """A unit's budget of a year. ``version`` counts the stages it went through, ``revision`` its changes."""

    org = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budgets")
    org_name = models.CharField(max_length=80)  # as published; a unit may be renamed later
    org_kind = models.CharField(max_length=24, choices=OrgKind.choices())
    edition = models.CharField(max_length=12, choices=Edition.choices(), default=Edition.DEPARTMENT)
    fiscal_year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, choices=Stage.choices(), default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    base = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_ones"
    )
    approved_on = models.DateField(null=True, blank=True)
    # Facts of the text: {"duties": [], "divisions": [], "units": [], "purposes": {code: text},
    # "procurement": {goods, works, services, small}, "assets": {…}}; read through ledger.profile.
    profile = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "org_name"]
        constraints = [models.UniqueConstraint(fields=["org", "fiscal_year"], name="budget_once_a_year")]

    def __str__(self) -> str:
        return f"{self.org_name} {self.fiscal_year}"

    @property
    def stage_of(self) -> Stage:
        """The stage with its labels."""
        return Stage(self.stage)

    @property
    def open(self) -> bool:
        """Whether amounts may be typed in this stage."""
        return is_open(Stage(self.stage))


class IncomeLine(models.Model):
    """Income of one source and fund; carried over from earlier years apart."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="income_lines")
    source = models.CharField(max_length=12, choices=Source.choices())
    fund = models.CharField(max_length=16, choices=Fund.choices())
    carried_over = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "source", "fund", "carried_over"], name="income_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="income_positive"),
        ]


class Calculation(models.Model):
    """How an amount came about. Written once; another calculation of the line is another row."""

    formula = models.CharField(max_length=24)
    inputs = models.JSONField()  # name of the input → number as text, see ledger.calculations
    result = models.DecimalField(max_digits=18, decimal_places=2)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)


class BudgetLine(models.Model):
    """One leaf of the expenditure."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8, choices=LineKind.choices())
    func_code = models.CharField(max_length=7)
    eco_code = models.CharField(max_length=5, blank=True)  # "" only where a project's is not known
    source = models.CharField(max_length=12, choices=Source.choices(), default=Source.GRANT)
    fund = models.CharField(max_length=16, choices=Fund.choices(), default=Fund.GENERAL)
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    calculation = models.ForeignKey(Calculation, null=True, blank=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["func_code", "kind", "eco_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "func_code", "eco_code", "source", "fund"],
                condition=models.Q(project__isnull=True),
                name="basic_line_once",
            ),
            models.UniqueConstraint(
                fields=["budget", "func_code", "eco_code", "source", "fund", "project"],
                condition=models.Q(project__isnull=False),
                name="project_line_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="line_not_negative"),
            models.CheckConstraint(
                condition=models.Q(kind=LineKind.PROJECT, project__isnull=False)
                | (models.Q(kind=LineKind.BASIC, project__isnull=True) & ~models.Q(eco_code="")),
                name="line_project_or_basic",
            ),
        ]


class ChangeReason(models.Model):
    """Why a figure differs from last year's; ``key`` as in ``rows.BudgetFacts.reasons``."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=60)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "key"], name="reason_once")]


class PriorFigure(models.Model):
    """Last year's figure where last year's budget is not in the ledger, as exact as its source."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="prior_figures")
    key = models.CharField(max_length=24, choices=Figure.choices())
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "key"], name="prior_figure_once")]

"""Tables of this part: schemes, dated numbers, forms with their targets, measurements, monitoring, self-evaluation."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.projects import Project
from chengyun.budget.performance import policies
from chengyun.budget.performance.words import (
    Comparator,
    Deed,
    EvaluationState,
    Every,
    FormState,
    Gathering,
    How,
    Kind,
    Level,
    Light,
    RowKind,
    Sameness,
    Variant,
)
from chengyun.kernel.actor import Actor
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.worktime.limits import Provenance


class Dated(models.Model):
    """What the district may decide: in force from and until a day, both included, with where it comes from."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def provenance_seen(self) -> Provenance:
        """How well it is known, with label and meaning."""
        return Provenance(self.provenance)


class PerformanceRow(Dated):
    """A grade's lower limit, a band's share, a threshold: ``value`` in per cent or percentage points."""

    kind = models.CharField(max_length=12, choices=RowKind.choices())
    name = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=8, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "valid_from"], name="performance_row_once"),
            ends_after_it_begins("performance_row_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Scheme(Dated):
    """A set of indicator classes as a ministry's form has it; the version of a form names one."""

    key = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    execution_weight = models.DecimalField(
        max_digits=5, decimal_places=2
    )  # 预算执行率 in the self-evaluation

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class SchemeClass(models.Model):
    """One class of the second level. ``weight`` is what its first level usually weighs, 0 on the other rows of it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="classes")
    position = models.PositiveSmallIntegerField()
    level1 = models.CharField(max_length=40)
    level2 = models.CharField(max_length=40)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    required = models.BooleanField(default=False)  # the first level must hold a target

    class Meta:
        ordering = ["scheme", "position"]
        constraints = [models.UniqueConstraint(fields=["scheme", "level1", "level2"], name="class_once")]

    def __str__(self) -> str:
        return f"{self.level1} {self.level2}"


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Named reads of forms."""

    def seen_by(self, actor: Actor | None) -> DeclarationQuerySet:
        """All for the clerk, leaders and auditors; none for others."""
        return self.all() if policies.may_read(actor) else self.none()


class Declaration(models.Model):
    """绩效目标申报表: what one project, or the department, promises for a year's money.

    The amounts are those of the form as it was handed in (元). Where the ledger has the project's lines, the
    ledger counts and a difference is shown.
    """

    level = models.CharField(max_length=12, choices=Level.choices())
    variant = models.CharField(max_length=12, choices=Variant.choices(), default=Variant.WORKING)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="declarations"
    )
    budget = models.ForeignKey(
        Budget, null=True, blank=True, on_delete=models.PROTECT, related_name="declarations"
    )
    code = models.CharField(max_length=40)  # the project's; "department" for the whole
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=80)
    unit = models.CharField(max_length=80)
    start = models.DateField()
    end = models.DateField()
    total = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    total_fiscal = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    grant = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    carried_over = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    other = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    goal = models.TextField(max_length=1000)  # 项目总目标
    goal_of_year = models.TextField(max_length=1000)  # 年度总目标
    execution_weight = models.DecimalField(max_digits=5, decimal_places=2)
    state = models.CharField(max_length=12, choices=FormState.choices(), default=FormState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-level", "code", "variant"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "fiscal_year", "variant"], name="declaration_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="declaration_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.fiscal_year}"

    @property
    def state_seen(self) -> FormState:
        """The state with its labels."""
        return FormState(self.state)

    @property
    def variant_seen(self) -> Variant:
        """Which of the forms of the year it is."""
        return Variant(self.variant)

    @property
    def level_seen(self) -> Level:
        """Project or department."""
        return Level(self.level)

    @property
    def requested(self) -> Decimal:
        """年度资金申请总额 as the form says."""
        return self.grant + self.carried_over + self.other


class DeclarationEvent(AppendOnly):
    """What was done to a form, by whom: ``said`` holds field → [before, after]."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    deed = models.CharField(max_length=16, choices=Deed.choices())
    name = models.CharField(max_length=120, blank=True)
    said = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet["DeclarationEvent"].as_manager()

    class Meta:
        ordering = ["-id"]

    @property
    def deed_seen(self) -> Deed:
        """What was done, with its labels."""
        return Deed(self.deed)


class Target(models.Model):
    """One indicator (三级指标) with what is promised. A dropped one keeps its measurements."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="targets")
    scheme_class = models.ForeignKey(SchemeClass, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=80)
    definition = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices())
    comparator = models.CharField(max_length=12, choices=Comparator.choices(), blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)  # of BETWEEN
    moment = models.DateField(null=True, blank=True)  # of a date
    unit = models.CharField(max_length=20, blank=True)
    every = models.CharField(max_length=8, choices=Every.choices(), blank=True)
    gathering = models.CharField(max_length=8, choices=Gathering.choices(), blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    baseline = models.CharField(max_length=60, blank=True)
    money = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )  # its share of the year
    evidence_rule = models.CharField(max_length=200, blank=True)
    published = models.CharField(
        max_length=80, blank=True
    )  # 年度指标值 word for word, where it was published
    measure = models.CharField(max_length=60, blank=True)  # a name of kernel.measures
    lag_days = models.PositiveSmallIntegerField(default=0)  # after so many days a period's data are whole
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["scheme_class__position", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_seen(self) -> Kind:
        """What its value is, with labels."""
        return Kind(self.kind)


class Measurement(AppendOnly):
    """A value of one target for one period, with all it is made of. Never changed: computed again it is another row.

    ``begin <= moment < end``. ``coverage`` is 0 to 1. ``method`` is the SHA-256 of measure, formula and period.
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="measurements")
    begin = models.DateTimeField()
    end = models.DateTimeField()
    how = models.CharField(max_length=8, choices=How.choices())
    measure = models.CharField(max_length=60, blank=True)
    formula = models.CharField(max_length=400)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    coverage = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)  # None: not scored
    moment = models.DateField(null=True)
    data_version = models.CharField(max_length=80, blank=True)
    rows = models.CharField(max_length=400, blank=True)
    method = models.CharField(max_length=64)
    evidence = models.CharField(max_length=300, blank=True)
    computed_at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    again_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="again")
    sameness = models.CharField(max_length=16, choices=Sameness.choices(), blank=True)

    objects = AppendOnlyQuerySet["Measurement"].as_manager()

    class Meta:
        ordering = ["-end", "-id"]
        indexes = [models.Index(fields=["target", "end"], name="measurement_target_end")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=models.F("begin")), name="measurement_period")
        ]

    @property
    def how_seen(self) -> How:
        """How it came here, with labels."""
        return How(self.how)

    @property
    def sameness_seen(self) -> Sameness | None:
        """What it says of the one it repeats."""
        return Sameness(self.sameness) if self.sameness else None

    @property
    def rehearsal(self) -> bool:
        """Whether rehearsal data were measured."""
        return self.data_version.startswith("rehearsal:")


class Snapshot(AppendOnly):
    """双监控 of a form on a day: attainment and execution against time. Shares are 0 to 1, None where unknown.

    ``parts`` holds one dict for each target; ``thresholds`` the numbers by which the lights were set.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="snapshots")
    day = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    time_share = models.DecimalField(max_digits=5, decimal_places=4)
    budgeted = models.DecimalField(max_digits=18, decimal_places=2)
    spent = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    execution = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    attainment = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    measured_weight = models.DecimalField(max_digits=6, decimal_places=2)
    whole_weight = models.DecimalField(max_digits=6, decimal_places=2)
    execution_light = models.CharField(max_length=8, choices=Light.choices())
    attainment_light = models.CharField(max_length=8, choices=Light.choices())
    reasons = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    thresholds = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet["Snapshot"].as_manager()

    class Meta:
        ordering = ["-day", "-id"]

    @property
    def execution_seen(self) -> Light:
        """The light of execution."""
        return Light(self.execution_light)

    @property
    def attainment_seen(self) -> Light:
        """The light of attainment."""
        return Light(self.attainment_light)


class Evaluation(models.Model):
    """年末自评 of a form. A finished one is not touched any more; another try is the next ``number``."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="evaluations")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=EvaluationState.choices(), default=EvaluationState.DRAFT)
    initial_budget = models.DecimalField(max_digits=18, decimal_places=2)  # 年初预算数
    year_budget = models.DecimalField(max_digits=18, decimal_places=2)  # 全年预算数
    spent = models.DecimalField(max_digits=18, decimal_places=2, null=True)  # 全年执行数
    execution_weight = models.DecimalField(max_digits=5, decimal_places=2)
    execution_score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    execution_why = models.CharField(max_length=500, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    scored_weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    grade = models.CharField(max_length=40, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=60)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="evaluation_in_turn"),
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(state=EvaluationState.DRAFT), name="one_evaluation_open"
            ),
        ]

    @property
    def state_seen(self) -> EvaluationState:
        """The state with its labels."""
        return EvaluationState(self.state)


class EvaluationLine(models.Model):
    """What came of one target. ``degree`` is 0 to 1; None and no score where nothing was there to judge by."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="lines")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    measurement = models.ForeignKey(Measurement, null=True, on_delete=models.PROTECT, related_name="+")
    degree = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    actual = models.CharField(max_length=200, blank=True)  # 实际完成情况 of a qualitative target
    over = models.BooleanField(default=False)  # done far beyond the target, which asks for a reason too
    why = models.CharField(max_length=500, blank=True)  # 偏差原因及改进措施
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["target__scheme_class__position", "target__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "target"], name="line_once")]

    @property
    def wants_reason(self) -> bool:
        """Whether a deviation has to be explained."""
        return self.over or (self.degree is not None and self.degree < 1)

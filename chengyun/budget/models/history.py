"""What happened to a budget: every change, stage, comment and signature, written once."""

from __future__ import annotations

import uuid

from django.db import models

from chengyun.budget.kinds import LineKind, Stage
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.projects import Project
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet


class Deed(Labelled):
    """What was done to a budget."""

    CREATE = "create", "建立预算", "Budget begun"
    AMOUNT = "amount", "填写金额", "Amount entered"
    CALCULATE = "calculate", "按测算填写", "Amount calculated"
    INCOME = "income", "填写收入", "Income entered"
    REASON = "reason", "说明增减原因", "Reason given"
    IMPORT = "import", "导入", "Import"
    PROFILE = "profile", "修改编制说明", "Facts of the text changed"
    PROJECT = "project", "修改项目", "Project changed"
    PRIOR = "prior", "填写上年数", "Last year's figure entered"
    STAGE = "stage", "阶段变更", "Stage changed"
    UNDO = "undo", "撤销", "Undone"


class Written(AppendOnly):
    """Who and when: the common part of the rows below."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.IntegerField(null=True, blank=True)  # a person; their rows may be archived
    by_name = models.CharField(max_length=40)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True


class Entry(Written):
    """One change. ``key`` names what changed; ``before`` and ``after`` hold it as plain values, None for not there.

    Entries of one act share ``act``; ``undoes`` is the act that this one takes back.
    """

    act = models.UUIDField(default=uuid.uuid4)
    deed = models.CharField(max_length=12, choices=Deed.choices())
    key = models.CharField(max_length=120)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undoes = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["budget", "id"], name="budget_entry_order")]

    @property
    def deed_of(self) -> Deed:
        """What was done, with its labels."""
        return Deed(self.deed)


class StageMove(Written):
    """A step from one stage to the next, with the whole ledger as it was then."""

    from_stage = models.CharField(max_length=12, choices=Stage.choices())
    to_stage = models.CharField(max_length=12, choices=Stage.choices())
    version = models.PositiveIntegerField()  # the version that this step closed
    note = models.CharField(max_length=300, blank=True)
    snapshot = models.JSONField()  # ledger.snapshots writes and reads it
    digest = models.CharField(max_length=64)  # SHA-256 of the snapshot

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "version"], name="stage_move_once")]


class Comment(Written):
    """A remark on a budget or on one of its lines (``key`` as in the entries, "" for the whole)."""

    key = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=500)


class SignOff(Written):
    """A signature under the ledger as it stood: it counts while the digest is still the ledger's."""

    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=300, blank=True)


class Execution(Written):
    """What was spent in a month, of basic expenditure or of a project. The newest row of a month counts."""

    month = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=LineKind.choices())
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="spent"
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="execution_month"),
            models.CheckConstraint(
                condition=models.Q(kind=LineKind.PROJECT, project__isnull=False)
                | models.Q(kind=LineKind.BASIC, project__isnull=True),
                name="execution_project_or_basic",
            ),
        ]

"""The case: what it is, where it stands, who has it. State columns are written by the engine alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import AppealType, Channel, Urgency
from chengyun.geography.models import Area, Grid
from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Person, Unit
from chengyun.organisation.posts import CENTRE, Post

if TYPE_CHECKING:
    from django.db.models.manager import Manager


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases; every one begins with ``seen_by``."""

    def seen_by(self, actor: Actor) -> CaseQuerySet:
        """Cases this person may see.

        The centre sees its district; a unit sees what it leads or helps with, and what units beneath it do,
        but no longer what it sent back; a handler sees what was given to them, an inspector what they found
        or were sent to. Everybody else sees none.
        """
        if actor.system or actor.holds(*CENTRE):
            return self
        mine: Any = Q(pk__in=[])
        if units := actor.units(Post.UNIT):
            helping = Assignment.objects.filter(
                case=OuterRef("pk"), unit__in=units, role=AssignmentRole.HELPER, result__in=("", "done")
            )
            mine |= Q(lead_unit__in=units) | Exists(helping)
        if handlers := actor.people(Post.HANDLER):
            mine |= Q(handler__in=handlers)
        if inspectors := actor.people(Post.INSPECTOR):
            mine |= Q(reporter__in=inspectors) | Q(inspector__in=inspectors)
        return self.filter(mine)


class Case(models.Model):
    """A hotline order or a grid case.

    ``version`` counts the events; a verb succeeds only on the version that its doer has seen.
    ``due_at`` and ``stage`` repeat the nearest running clock, so that lists need no join.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices())
    number = models.CharField(max_length=32, unique=True)
    client_id = models.UUIDField(null=True, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices())
    appeal_type = models.CharField(max_length=16, choices=AppealType.choices(), blank=True)
    catalogue_key = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices(), default=Urgency.NORMAL)
    secret = models.BooleanField(default=False)  # 要求保密
    wants_reply = models.BooleanField(default=True)  # 要求回复
    rehearsal = models.BooleanField(default=False)  # 演练数据

    address = models.CharField(max_length=300, blank=True)
    longitude = models.FloatField(null=True)  # WGS-84
    latitude = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)  # metres
    street = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    grid = models.ForeignKey(Grid, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    state = models.CharField(max_length=20)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    paused = models.BooleanField(default=False)
    lead_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    inspector = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reporter = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pending = models.CharField(
        max_length=12, blank=True
    )  # extension, suspension or excuse waiting for an answer
    rounds = models.PositiveSmallIntegerField(default=0)  # 重办
    reworks = models.PositiveSmallIntegerField(default=0)  # 返工
    send_backs = models.PositiveSmallIntegerField(default=0)  # 退单
    extensions = models.PositiveSmallIntegerField(default=0)
    suspensions = models.PositiveSmallIntegerField(default=0)
    call_attempts = models.PositiveSmallIntegerField(default=0)
    verified = models.BooleanField(default=False)  # 已核实
    excused = models.BooleanField(default=False)  # the overrun is left out of statistics, its fact is not
    outcome = models.CharField(max_length=12, blank=True)
    satisfaction = models.CharField(max_length=20, blank=True)
    overdue_stages = models.PositiveSmallIntegerField(default=0)

    registered_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    source_system = models.CharField(max_length=40, blank=True)
    source_number = models.CharField(max_length=60, blank=True)

    objects: Manager[Case] = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_number"],
                condition=~Q(source_number=""),
                name="case_source_once",
            )
        ]
        # A new case enters three of these; the partial ones cost nothing until the column is filled.
        indexes = [
            models.Index(fields=["state", "kind", "due_at"], name="case_state_due"),
            models.Index(fields=["registered_at"], name="case_registered"),
            models.Index(fields=["street", "registered_at"], name="case_street_registered"),
            models.Index(
                fields=["lead_unit", "state", "kind", "due_at"],
                condition=Q(lead_unit__isnull=False),
                name="case_unit_state_due",
            ),
            models.Index(
                fields=["lead_unit", "registered_at"],
                condition=Q(lead_unit__isnull=False),
                name="case_unit_registered",
            ),
            models.Index(fields=["handler"], condition=Q(handler__isnull=False), name="case_handler"),
            models.Index(fields=["inspector"], condition=Q(inspector__isnull=False), name="case_inspector"),
            models.Index(fields=["reporter"], condition=Q(reporter__isnull=False), name="case_reporter"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_merged"),
        ]

    def __str__(self) -> str:
        return self.number


class AssignmentRole(models.TextChoices):
    """主办 or 协办."""

    LEAD = "lead", "主办"
    HELPER = "helper", "协办"


class Assignment(models.Model):
    """A unit was given the case, to lead or to help. A new round or unit is a new row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=8, choices=AssignmentRole.choices)
    task = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(
        max_length=12, blank=True
    )  # done, declined, sent_back, recalled; blank while open

    class Meta:
        indexes = [models.Index(fields=["unit", "role", "result", "case"], name="assignment_unit")]


class CaseRequest(models.Model):
    """Something a unit asked for: an extension, a suspension, to be excused for an overrun."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12)
    reason = models.TextField()
    until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(decided_at__isnull=True), name="request_open"),
        ]


class CaseLink(models.Model):
    """Two cases that have to do with each other: merged, repeated, related."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other", "kind"], name="case_link_once")]

"""What happened, and how long everything had. Rows are appended, never changed in meaning."""

from __future__ import annotations

from django.db import models

from chengyun.cases.models.case import Case
from chengyun.organisation.models import Person, Unit
from chengyun.worktime.limits import Provenance


class CaseEvent(models.Model):
    """One thing that happened to a case.

    ``digest`` is the SHA-256 of this row's facts and of the digest before it, so that a changed, missing or
    reordered row shows (``chengyun audit verify``). ``heard_at`` is the row's life as a queue and is not
    part of the facts.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=32)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=60)
    behalf_of = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    said = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_once")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(heard_at__isnull=True), name="event_unheard"),
        ]


class DeafEar(models.Model):
    """A reaction that failed: the event stays unheard for it until it succeeds or somebody decides."""

    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=100)
    error = models.TextField()
    tries = models.PositiveSmallIntegerField(default=1)
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="deaf_ear_once")]


class CaseClock(models.Model):
    """One clock of a case. ``amount`` and ``unit`` repeat the limit that applied when it began."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks", db_index=False)
    no = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    holder = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.DecimalField(max_digits=10, decimal_places=4)
    unit = models.CharField(max_length=12)
    limit_row = models.PositiveIntegerField(null=True)  # the TimeLimit row; null for a date set by hand
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    remaining = models.FloatField(null=True)  # seconds left when paused, in the clock's own counting
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, blank=True)  # met, missed, withdrawn; blank while it lives

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "no"], name="clock_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(ended_at__isnull=True), name="clock_open_due"),
        ]


class Deadline(models.Model):
    """A line of a clock: the deadline that was set, paused, resumed, extended or recomputed. Never erased.

    From these lines ``actions.recompute`` works a clock out anew when the calendar changes.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    clock_no = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()  # of the event that set it
    due_at = models.DateTimeField()
    set_at = models.DateTimeField()
    why = models.CharField(max_length=12)  # start, pause, resume, extend, recompute
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "clock_no"], name="deadline_case_clock")]


class NumberSeries(models.Model):
    """The last number given per kind, district and day."""

    series = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)


class LoopRule(models.Model):
    """A number the city may decide, dated: how many extensions, how many calls. Shows where it comes from."""

    process = models.CharField(max_length=10)
    name = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=10, decimal_places=2)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "name", "valid_from"], name="loop_rule_once")
        ]


class Label(models.Model):
    """A centre's own word for a state, verb or timer; systems use 核实 and 核查 in opposite senses."""

    process = models.CharField(max_length=10)
    thing = models.CharField(max_length=10)  # state, verb, timer
    name = models.CharField(max_length=32)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "thing", "name"], name="label_once")]

"""Tables of the calendar, office hours and time limits: what the city may decide, each row with its source.

``valid_until`` is included; an empty one means for good. Rooms upstairs own people, so that who made a change
is kept as an id and a name.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q

from chengyun.worktime import hours
from chengyun.worktime.limits import Provenance
from chengyun.worktime.units import Unit
from chengyun.worktime.vocabulary import DayKind, Process

CENTRE = "centre"


class DayRule(models.Model):
    """A day that the statutory table names: a holiday, or a make-up working day (调休上班)."""

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=DayKind.choices())
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {DayKind(self.kind).zh} {self.name}"


class CalendarYear(models.Model):
    """A year for which the State Council's table has been entered."""

    year = models.PositiveSmallIntegerField(unique=True)
    official = models.BooleanField(default=True)
    source = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class OfficeHours(models.Model):
    """Office hours of a place from a date on. One period a day has no afternoon."""

    place = models.CharField(max_length=20, default=CENTRE)
    valid_from = models.DateField()
    morning_start = models.TimeField()
    morning_end = models.TimeField()
    afternoon_start = models.TimeField(null=True, blank=True)
    afternoon_end = models.TimeField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=10, choices=Provenance.choices())
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="office_hours_once_a_day"),
            CheckConstraint(
                condition=Q(afternoon_start__isnull=True, afternoon_end__isnull=True)
                | Q(afternoon_start__gt=F("morning_end"), afternoon_end__gt=F("afternoon_start")),
                name="office_hours_afternoon_follows_morning",
            ),
            CheckConstraint(
                condition=Q(morning_end__gt=F("morning_start")), name="office_hours_morning_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.value}"

    @property
    def value(self) -> hours.OfficeHours:
        """The pure value that a calendar takes."""
        periods = [(self.morning_start, self.morning_end)]
        if self.afternoon_start and self.afternoon_end:
            periods.append((self.afternoon_start, self.afternoon_end))
        return hours.OfficeHours.of(*periods)


class UnitMeaning(models.Model):
    """What 工作日 means from a date on, where the city reads it differently from the default."""

    valid_from = models.DateField(unique=True)
    workday_end = models.CharField(
        max_length=12, choices=hours.WorkdayEnd.choices(), default=hours.WorkdayEnd.CLOSING.value
    )
    start_day = models.CharField(
        max_length=16, choices=hours.StartDay.choices(), default=hours.StartDay.NEVER.value
    )
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=10, choices=Provenance.choices())
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.workday_end} {self.start_day}"

    @property
    def value(self) -> hours.WorkdayMeaning:
        """The pure value that a calendar takes."""
        return hours.WorkdayMeaning(hours.WorkdayEnd(self.workday_end), hours.StartDay(self.start_day))


class TimeLimit(models.Model):
    """How long a stage may take. Empty fields of the key apply to everything; the most specific row wins.

    ``catalogue`` is a key (``gbt47678.5-2026/P/01001``) or the beginning of one. A row that was replaced on
    the very day it began is ``withdrawn``: it never applied.
    """

    process = models.CharField(max_length=8, choices=Process.choices())
    stage = models.CharField(max_length=20)
    appeal_type = models.CharField(max_length=20, blank=True)
    catalogue = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=3)
    unit = models.CharField(max_length=12, choices=Unit.choices())
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=10, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    KEY = ("process", "stage", "appeal_type", "catalogue", "condition", "urgency")

    class Meta:
        ordering = ["process", "stage", "catalogue", "condition", "appeal_type", "urgency", "-valid_from"]
        constraints = [
            CheckConstraint(condition=Q(amount__gte=0), name="time_limit_not_negative"),
            CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="time_limit_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["process", "stage", "appeal_type", "catalogue", "condition", "urgency", "valid_from"],
                condition=Q(withdrawn=False),
                name="one_time_limit_per_key_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.stage} {self.amount.normalize():f} {self.unit}"

    def in_force(self, day: date) -> bool:
        """Tell whether the row applies to clocks that start on that day."""
        until = self.valid_until
        return not self.withdrawn and self.valid_from <= day and (until is None or day <= until)


class CalendarVersion(models.Model):
    """One row. ``number`` counts the changes; ``token`` tells two apart even after a rollback."""

    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return str(self.number)


class CalendarChange(models.Model):
    """The log: who changed what, when and why. ``heard_at``: when the open deadlines had been recomputed."""

    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True, blank=True)
    person = models.CharField(max_length=80)
    what = models.CharField(max_length=400)
    why = models.CharField(max_length=400)
    number = models.PositiveBigIntegerField()
    moves_deadlines = models.BooleanField()
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.what

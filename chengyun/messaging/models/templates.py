"""Templates and their versions: what is written to people, from which day on, and where the words come from."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from chengyun.kernel.actor import Actor
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.worktime.limits import Provenance


class TemplateQuerySet(models.QuerySet["Template"]):
    """Named reads of templates."""

    def seen_by(self, actor: Actor | None) -> TemplateQuerySet:
        """All of them for anybody at work: they hold no personal data."""
        return self.none() if actor is None else self.all()


class Template(models.Model):
    """One kind of message. ``name`` is how rooms ask for it; its words stand in versions.

    ``variables``: list of {"name", "label", "sample", "most"}; ``most`` is the longest value in signs.
    ``urgent``: wanted by the recipient at this moment (a code), so that quiet hours, caps and opt-out do not
    hold it. ``confidential``: its text is never shown and is deleted once it has been handed over.
    ``useful_minutes``: after that it is no longer sent; 0 for ever.
    """

    name = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    label_en = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=200, blank=True)  # when it is sent
    about_en = models.CharField(max_length=200, blank=True)
    variables = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    urgent = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    useful_minutes = models.PositiveIntegerField(default=0)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """The words of a template from a day on. The highest number among those that hold on a day is used."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["template_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            ends_after_it_begins("template_version_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.number}"

    def holds_on(self, day: date) -> bool:
        """Whether that day lies in its time."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Rule(models.Model):
    """One dated value of a rule of messaging (see ``rule_names``); the newest whose day has come holds."""

    name = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="messaging_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class OptOutQuerySet(models.QuerySet["OptOut"]):
    """Named reads of opt-outs."""

    def seen_by(self, actor: Actor | None) -> OptOutQuerySet:
        """For whoever may read the message log; pages mask the number."""
        from chengyun.messaging.policies import may_read

        return self.all() if may_read(actor) else self.none()

    def holding(self) -> OptOutQuerySet:
        """Those that are not ended."""
        return self.filter(ended_at=None)


class OptOut(models.Model):
    """A number that wants no notices any more, until it is ended."""

    phone = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=200)  # what was received, or who asked for it
    by_name = models.CharField(max_length=60, blank=True)  # "" when by a message
    end_reason = models.CharField(max_length=200, blank=True)

    objects = OptOutQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=Q(ended_at__isnull=True), name="opted_out_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

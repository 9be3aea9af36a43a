"""Tables of this part: dated rows, reply templates, replies, ratings, the city's results, samples, reopenings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengyun.cases.models import Case
from chengyun.cases.process.kinds import Decision, Outcome, Satisfaction, Way
from chengyun.cases.vocabulary import Channel
from chengyun.hotline.handling.words import CityList, Contacted, RowKind
from chengyun.organisation.models import Person, Unit
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.worktime.limits import Provenance


class Dated(models.Model):
    """What the city may decide: in force from and until a day, both included, with where it comes from."""

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


class HandlingRow(Dated):
    """One line of a checklist, of the grounds, of the script; a weight, a bound of a hint, a class of a topic.

    ``text`` is what is read, or the key of a catalogue class; ``value`` is there for weights and bounds.
    """

    kind = models.CharField(max_length=20, choices=RowKind.choices())
    name = models.CharField(max_length=40)
    text = models.CharField(max_length=500, blank=True)
    value = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "valid_from"], name="handling_row_once"),
            ends_after_it_begins("handling_row_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def value_words(self) -> str:
        """The value without idle noughts."""
        return "" if self.value is None else f"{self.value.normalize():f}"


class ReplyTemplate(models.Model):
    """A draft of a reply. Without a unit it is the centre's and everybody's; its words are in its versions."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    catalogue_prefix = models.CharField(max_length=60, blank=True)  # a key, or the beginning of keys
    outcome = models.CharField(max_length=12, choices=Outcome.choices(), blank=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class ReplyTemplateVersion(models.Model):
    """The words of a template from a moment on; the highest ``no`` is in use, the others are kept."""

    template = models.ForeignKey(ReplyTemplate, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-no"]
        constraints = [models.UniqueConstraint(fields=["template", "no"], name="reply_template_version_once")]


class Reply(models.Model):
    """One answer of a unit, as a fact: the event holds its words, this row what is searched and counted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies", db_index=False)
    event_seq = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    contacted = models.CharField(max_length=12, blank=True)  # Reached, as the answer says it
    outcome = models.CharField(max_length=12, choices=Outcome.choices())
    promised_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "event_seq"], name="reply_once")]
        indexes = [models.Index(fields=["unit", "at"], name="reply_unit_at")]


class ReplyBand(models.Model):
    """A piece of a reply's fingerprint: two replies of one unit that share a band are probably alike.

    ``band`` is a hash of the unit, the place of the band and four minima of hashed shingles.
    """

    band = models.BigIntegerField()
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="bands", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["band", "reply"], name="reply_band")]


class ReplyWatch(models.Model):
    """How far the answers of imported orders have been read; one row.

    Events up to ``done_to`` are done. What came up to ``seen_to`` is read at the next turn, when whoever
    was still writing rows with lower numbers has finished.
    """

    done_to = models.PositiveBigIntegerField(default=0)
    seen_to = models.PositiveBigIntegerField(default=0)


class Rating(models.Model):
    """What the citizen says of it, by one way, once more appended if they change their mind. Never changed.

    The latest row of a way in a round counts. ``event_seq`` is the callback that it became, if it did.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings", db_index=False)
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices())
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices())
    outcome = models.CharField(max_length=12, choices=Outcome.choices(), blank=True)
    said = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    event_seq = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=80, unique=True)  # the same key again is the same rating

    class Meta:
        indexes = [
            models.Index(fields=["case", "round", "way"], name="rating_case"),
            models.Index(fields=["at"], name="rating_at"),
        ]


class CityImport(models.Model):
    """One list of the city's results that was handed in, and what came of it."""

    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=CityList.choices())
    read = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejects_name = models.CharField(max_length=60, blank=True)  # in the folder of imports

    class Meta:
        ordering = ["-id"]

    @property
    def kind_seen(self) -> CityList:
        """Which list, with its label."""
        return CityList(self.kind)


class CityResult(models.Model):
    """The city's own callback on an order: a second result beside the district's. Appended, the latest counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="city_results", db_index=False)
    kind = models.CharField(max_length=12, choices=CityList.choices())
    contacted = models.CharField(max_length=12, choices=Contacted.choices(), blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices(), blank=True)
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices(), blank=True)
    called_on = models.DateField(null=True)
    said = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    run = models.ForeignKey(CityImport, null=True, on_delete=models.PROTECT, related_name="results")
    digest = models.CharField(max_length=64)  # of what it says: the same line again adds nothing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="city_result_once")]
        indexes = [models.Index(fields=["at"], name="city_result_at")]


class SamplingRule(Dated):
    """Which share of orders is called back. Empty scopes fit all; of those that fit, the narrowest decides."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    catalogue_prefix = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices(), blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2)  # per cent
    seed = models.CharField(max_length=40)

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="sampling_share"),
            ends_after_it_begins("sampling_rule_ends_after_it_begins"),
        ]

    @property
    def share_words(self) -> str:
        """The share without idle noughts, and the sign of per cent."""
        return f"{self.share.normalize():f}%"

    @property
    def narrowness(self) -> int:
        """How many things it is narrowed by; a longer class is narrower."""
        return 1000 * bool(self.unit_id) + 1000 * bool(self.channel) + len(self.catalogue_prefix)


class CallbackDraw(models.Model):
    """Whether an order was drawn to be called back, by which rule, and why. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="draws", db_index=False)
    round = models.PositiveSmallIntegerField()
    rule = models.ForeignKey(SamplingRule, null=True, on_delete=models.PROTECT, related_name="+")
    lot = models.FloatField()  # 0 to under 100, from the seed and the number of the order
    drawn = models.BooleanField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="draw_once")]


class ReopenAsk(models.Model):
    """A citizen's wish to have a closed order taken up again, and the answer to it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopen_asks")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    key = models.CharField(max_length=80, unique=True)
    decision = models.CharField(max_length=8, choices=Decision.choices(), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(decision=""), name="one_open_reopen_ask")
        ]

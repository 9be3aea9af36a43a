"""Tables of this part: calls, drafts of orders, and which line of the decision table was used."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengyun.cases.models import Case
from chengyun.hotline.desk.vocabulary import (
    CallBackState,
    CallEventKind,
    CallState,
    FlagKind,
    Treatment,
)
from chengyun.organisation.models import Person
from chengyun.worktime.limits import Provenance


class Call(models.Model):
    """One telephone call. ``call_id`` is the telephone system's own, or made by the desk.

    The state repeats what the events say, so that the desk's list needs no join.
    """

    call_id = models.CharField(max_length=80, unique=True)
    number = models.CharField(
        max_length=20, blank=True, db_index=True
    )  # blank: the caller's number is hidden
    called_number = models.CharField(max_length=20, blank=True)
    extension = models.CharField(max_length=20, blank=True)  # of the operator
    state = models.CharField(max_length=10, choices=CallState.choices(), default=CallState.WAITING.value)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recording = models.CharField(max_length=200, blank=True)  # where the telephone system keeps it
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="calls")

    class Meta:
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["waiting", "talking"]),
                name="call_live",
            ),
            models.Index(fields=["-started_at"], name="call_started"),
        ]

    def __str__(self) -> str:
        return self.call_id  # never the number: this text ends up in logs


class CallEvent(models.Model):
    """One thing the telephone system told of a call; told twice, it is kept once."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events", db_index=False)
    event = models.CharField(max_length=10, choices=CallEventKind.choices())
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    extension = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "event"], name="call_event_once")]


class CallBack(models.Model):
    """Somebody who could not get through and is to be called back. Further lost calls of the number join it."""

    number = models.CharField(max_length=20)
    first_call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    last_call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    lost_calls = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=CallBackState.choices(), default=CallBackState.TO_CALL.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(state__in=["to_call", "tried"]), name="call_back_open_once"
            )
        ]
        indexes = [models.Index(fields=["state", "since"], name="call_back_state")]


class CallBackNote(models.Model):
    """What was done about a call-back: tried, reached, closed. Appended, never changed."""

    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CallBackState.choices())
    reason = models.CharField(max_length=200, blank=True)
    client_id = models.UUIDField(null=True, unique=True)


class CallerFlag(models.Model):
    """A warning on a number: since when, why, who said so, and who ended it."""

    number = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=12, choices=FlagKind.choices())
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "kind"], condition=Q(ended_at__isnull=True), name="caller_flag_once"
            )
        ]


class OrderDraft(models.Model):
    """What an operator has typed of an order that is not registered yet. ``client_id`` is the form's own number."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(unique=True)
    typed = models.JSONField(default=dict)  # field -> list of values
    title = models.CharField(max_length=100, blank=True)
    saved_at = models.DateTimeField()
    call = models.ForeignKey(Call, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="draft_owner")]


class OrderElements(models.Model):
    """The elements of an order (五要素) as they were told, apart; the description puts them together.

    何地 is the order's address and stands there.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="elements")
    who = models.CharField(max_length=200, blank=True)  # 何人: whom it concerns
    when = models.CharField(max_length=100, blank=True)  # 何时
    where = models.CharField(max_length=300, blank=True)  # 何地, as it was told when the order was taken
    cause = models.TextField(blank=True)  # 何因
    course = models.TextField()  # 经过与诉求


class DecisionLine(models.Model):
    """One line of the decision table, valid from a day on. A changed line is a new row of the same code.

    Source of the lines that ship: the national opinion of 2025, known from reposts only; hence dated, editable
    and marked.
    """

    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=100)
    situation = models.CharField(max_length=100)
    recognised = models.TextField(blank=True)  # questions to ask, one a line
    keywords = models.JSONField(default=list)
    treatment = models.CharField(max_length=16, choices=Treatment.choices())
    required = models.CharField(max_length=300)  # what is to be done, in words
    say = models.TextField(blank=True)  # what to tell the caller
    routes = models.JSONField(default=list)  # names of routes or lines to choose from
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="decision_line_once")]


class DecisionUse(models.Model):
    """Which line was applied to an order, by whom, and what was told. Appended, never changed.

    ``event_seq`` is the event of the case's sealed history that says the same.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    line = models.ForeignKey(DecisionLine, on_delete=models.PROTECT, related_name="+")
    event_seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=100, blank=True)
    told = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "event_seq"], name="decision_use_once")]

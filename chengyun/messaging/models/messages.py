"""The outbox: what is to be sent, what was handed over, and what was reported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengyun.kernel.actor import Actor
from chengyun.kernel.masking import mask_phone, mask_phones_in_text
from chengyun.messaging.gateways import Taken
from chengyun.messaging.models.templates import TemplateVersion
from chengyun.messaging.states import MessageState, Why
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet


class MessageQuerySet(models.QuerySet["Message"]):
    """Named reads of the outbox."""

    def seen_by(self, actor: Actor | None) -> MessageQuerySet:
        """For the posts that deal with callers, and the administrator; masked by the pages."""
        from chengyun.messaging.policies import may_read

        return self.all() if may_read(actor) else self.none()

    def waiting(self) -> MessageQuerySet:
        """What is in the queue, also what is not due yet."""
        return self.filter(state=MessageState.QUEUED)


class Message(models.Model):
    """One message to one person: a row of the outbox, written in the transaction of its cause.

    ``phone`` and ``text`` are personal data: pages show ``masked_phone`` and ``masked_text`` only.
    ``about`` is the sender's reference, such as a case's number; ``awaits`` says which answer is wanted.
    ``tries`` counts hand-overs; ``possibly_twice`` that an earlier one may have reached the person.
    """

    key = models.CharField(max_length=120, unique=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    template_name = models.CharField(max_length=40)
    phone = models.CharField(max_length=32)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=80, blank=True)
    awaits = models.CharField(max_length=80, blank=True)
    urgent = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)  # 演练: never leaves through a real gateway
    state = models.CharField(max_length=10, choices=MessageState.choices(), default=MessageState.QUEUED)
    why = models.CharField(max_length=16, blank=True)  # a Why
    code = models.CharField(max_length=60, blank=True)  # the last word of a gateway or report
    said = models.CharField(max_length=200, blank=True)  # the gateway's own sentence
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=60, blank=True)
    next_try_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    gateway = models.CharField(max_length=30, blank=True)
    possibly_twice = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)  # number and text were deleted

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # The dispatcher's question, and only about the few rows that wait.
            models.Index(
                fields=["-urgent", "next_try_at", "id"],
                name="message_waits",
                condition=Q(state=MessageState.QUEUED),
            ),
            models.Index(
                fields=["gateway"], name="message_under_way", condition=Q(state=MessageState.SENDING)
            ),
            models.Index(fields=["phone", "written_at"], name="message_phone"),
            models.Index(fields=["about", "written_at"], name="message_about"),
            models.Index(fields=["state", "sent_at"], name="message_state_sent"),
            models.Index(fields=["written_at"], name="message_written"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def state_seen(self) -> MessageState:
        """The state with its label and meaning."""
        return MessageState(self.state)

    @property
    def why_label(self) -> str:
        """Why it was not sent, in words."""
        return Why(self.why).label if self.why else ""

    @property
    def masked_phone(self) -> str:
        """As pages, lists and files show the number."""
        return mask_phone(self.phone)

    @property
    def confidential(self) -> bool:
        """Whether its text must not be shown to anybody."""
        return self.version.template.confidential

    @property
    def masked_text(self) -> str:
        """As pages show the text; "" for a confidential one."""
        return "" if self.confidential else mask_phones_in_text(self.text)


class HandOver(AppendOnly):
    """What the operator answered to one segment of one try; ``number`` 0 stands for the whole message.

    These rows are what the operator bills: ``segments`` of those that were accepted.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="hand_overs")
    attempt = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    segments = models.PositiveSmallIntegerField(default=1)
    gateway = models.CharField(max_length=30)
    gateway_id = models.CharField(max_length=64, blank=True)
    taken = models.CharField(max_length=10)  # a gateways.Taken
    code = models.CharField(max_length=60, blank=True)
    metered = models.BooleanField(default=True)  # counts for the operator's bill
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["HandOver"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "attempt", "number"], name="hand_over_once"),
        ]
        indexes = [
            models.Index(fields=["gateway", "gateway_id"], name="hand_over_id"),
            models.Index(
                fields=["at"],
                include=["segments"],
                name="hand_over_billed",
                condition=Q(taken=Taken.ACCEPTED.value, metered=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.attempt}.{self.number}"


class Receipt(AppendOnly):
    """A status report of the operator (状态报告), as it came; one that comes twice is kept once.

    It belongs to the hand-over with the same gateway and id, which may be written later than this.
    """

    gateway = models.CharField(max_length=30)
    gateway_id = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = AppendOnlyQuerySet["Receipt"].as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "gateway_id", "code"], name="receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway_id} {self.code}"


class InboundQuerySet(models.QuerySet["InboundMessage"]):
    """Named reads of incoming messages."""

    def seen_by(self, actor: Actor | None) -> InboundQuerySet:
        """For the posts that deal with callers, and the administrator; masked by the pages."""
        from chengyun.messaging.policies import may_read

        return self.all() if may_read(actor) else self.none()


class InboundMessage(models.Model):
    """A message from a citizen. ``handled_by`` names who took it up; "" with ``heard_at`` set: nobody."""

    gateway = models.CharField(max_length=30)
    gateway_id = models.CharField(max_length=64, null=True)
    phone = models.CharField(max_length=32)
    text = models.CharField(max_length=2000)
    src_id = models.CharField(max_length=32, blank=True)  # the number they wrote to
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "gateway_id"], name="inbound_once"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="inbound_unheard", condition=Q(heard_at__isnull=True)),
            models.Index(fields=["phone", "received_at"], name="inbound_phone"),
            models.Index(fields=["received_at"], name="inbound_received"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def masked_phone(self) -> str:
        """As pages show the number."""
        return mask_phone(self.phone)

    @property
    def masked_text(self) -> str:
        """As pages show the text."""
        return mask_phones_in_text(self.text)

"""Tables of the exchange with other platforms: who they are, what came and went, what the city is told."""

from __future__ import annotations

from django.db import models

from chengyun.cases.models import Case, CaseEvent
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Person, Unit


class PartnerKind(Labelled):
    """What a partner is to us."""

    CITY = "city", "市平台", "City platform"
    STREET = "street", "街镇平台", "Street platform"
    WECHAT = "wechat", "微信公众号", "WeChat account"


class ExchangeResult(Labelled):
    """What became of a message."""

    TAKEN = "taken", "已收", "Taken", "good"
    REPEATED = "repeated", "重复，未再登记", "Repeated"
    REFUSED = "refused", "内容有误", "Refused", "due-soon"
    DENIED = "denied", "身份不符", "Denied", "overdue"
    GIVEN = "given", "已交出", "Given", "good"


class AnswerKind(Labelled):
    """What the city platform is told about its order."""

    DISPATCHED = "dispatched", "已派遣", "Dispatched"
    SIGNED = "signed", "已签收", "Signed"
    INTERIM = "interim", "阶段性汇报", "Interim report"
    ANSWERED = "answered", "已答复", "Answered"
    REHANDLING = "rehandling", "重办", "Handled again"
    CLOSED = "closed", "已结案", "Closed", "good"
    MERGED = "merged", "已并单", "Merged"
    VOID = "void", "已作废", "Void", "stopped"


class Partner(models.Model):
    """Another platform that speaks with us.

    Its key is not in the table: ``exchange.keys`` works it out from the installation's secret and ``key_no``,
    which counts up when a new key is given.
    """

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=PartnerKind.choices())
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    key_no = models.PositiveIntegerField(default=1)
    signed = models.BooleanField(default=False)  # requests must be signed, not only carry the key
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_seen(self) -> PartnerKind:
        """The kind with its label."""
        return PartnerKind(self.kind)


class Exchange(models.Model):
    """One message from or to a partner, as the log page shows it; ``payload`` is masked and cut."""

    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="exchanges")
    at = models.DateTimeField()
    path = models.CharField(max_length=100)
    result = models.CharField(max_length=10, choices=ExchangeResult.choices())
    number = models.CharField(max_length=60, blank=True)  # theirs
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="exchanges")
    message = models.CharField(max_length=500, blank=True)
    payload = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [models.Index(fields=["partner", "-id"], name="exchange_partner")]

    @property
    def result_seen(self) -> ExchangeResult:
        """The result with its label and meaning."""
        return ExchangeResult(self.result)


class CityAnswer(models.Model):
    """A line that the city platform fetches; its id is the cursor. Written by the worker alone, so that a reader
    who has seen an id never misses a smaller one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="city_answers")
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=AnswerKind.choices())
    text = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()


class WechatTalk(models.Model):
    """A conversation with one follower of the account.

    What was said after message ``begun_after`` and is in no order yet is the draft of the next one.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    open_id = models.CharField(max_length=64)
    begun_after = models.PositiveBigIntegerField(default=0)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "open_id"], name="wechat_talk_once")]
        indexes = [models.Index(fields=["-last_at"], name="wechat_talk_last")]


class WechatMessage(models.Model):
    """One message of a conversation, theirs or ours. ``message_id`` is WeChat's, so that a repeat is known."""

    talk = models.ForeignKey(WechatTalk, on_delete=models.PROTECT, related_name="messages")
    message_id = models.CharField(max_length=64, null=True)
    incoming = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "message_id"], name="wechat_message_once")]

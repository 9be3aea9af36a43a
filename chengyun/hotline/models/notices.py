"""Tables of this part: which happening is told to whom with which template, and who was reminded."""

from __future__ import annotations

from django.db import models

from chengyun.cases.models import CaseClock
from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.models.handling import Dated
from chengyun.hotline.notices.words import Notice
from chengyun.organisation.models.dated import ends_after_it_begins


class NoticeRule(Dated):
    """Which template goes out for a happening; empty scopes fit all, of those that fit the narrowest decides.

    ``sends`` False keeps silent. ``within_hours``: what is heard of later is not told any more, so that
    old orders that come in late do not surprise anybody.
    """

    notice = models.CharField(max_length=16, choices=Notice.choices())
    channel = models.CharField(max_length=12, choices=Channel.choices(), blank=True)
    appeal_type = models.CharField(max_length=16, choices=AppealType.choices(), blank=True)
    template = models.CharField(max_length=40)
    sends = models.BooleanField(default=True)
    within_hours = models.PositiveSmallIntegerField(default=24)

    class Meta:
        ordering = ["notice", "channel", "appeal_type", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "appeal_type", "valid_from"], name="notice_rule_once"
            ),
            ends_after_it_begins("notice_rule_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.channel} {self.appeal_type}"

    @property
    def notice_seen(self) -> Notice:
        """The happening with its label."""
        return Notice(self.notice)

    @property
    def narrowness(self) -> int:
        """How narrow it is; a kind of appeal counts for more than a channel."""
        return 2 * bool(self.appeal_type) + bool(self.channel)


class UnitReminder(models.Model):
    """That a unit's liaisons were reminded of one deadline of an order. One that is moved is reminded of anew."""

    clock = models.ForeignKey(CaseClock, on_delete=models.PROTECT, related_name="+")
    notice = models.CharField(max_length=16, choices=Notice.choices())
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    told = models.PositiveSmallIntegerField()  # liaisons with a telephone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "notice", "due_at"], name="unit_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.notice}"

"""What the public left here: reports, links, supporters, checks. Tokens, codes and addresses only as hashes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengyun.cases.models import Case
from chengyun.citizen.vocabulary import LinkWay
from chengyun.organisation.models import Person


class Report(models.Model):
    """That a case came in through these pages, and how."""

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.PROTECT, related_name="public_report"
    )
    category = models.ForeignKey(
        "citizen.PlainCategory", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    browser_hash = models.CharField(max_length=64, blank=True)
    phone_checked = models.BooleanField(default=False)
    outside = models.BooleanField(default=False)  # the position lies outside the district: kept, and told
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class FollowLink(models.Model):
    """A private address of an order's page. Only the hash is kept: who reads this table cannot open it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=10, choices=LinkWay.choices())
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="link_expires")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way}"


class Supporter(models.Model):
    """Somebody who has met the same problem (我也遇到). The phone is kept only to tell them how it ends."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supporters")
    browser_hash = models.CharField(max_length=64)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "browser_hash"], name="supporter_once_per_browser"),
            models.UniqueConstraint(
                fields=["case", "phone_hash"], condition=~Q(phone_hash=""), name="supporter_once_per_phone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Addition(models.Model):
    """What a citizen added later. Its text stands in the order's history; this row keeps it from doubling."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField(unique=True)
    event_seq = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.event_seq}"


class PhoneCheck(models.Model):
    """A code that was sent to a telephone, as a hash."""

    phone_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_hash", "sent_at"], name="phone_check_phone")]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"


class SpentProof(models.Model):
    """A question that was answered and used: it opens nothing a second time."""

    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce


class RateHit(models.Model):
    """Something that is counted against a limit. ``key`` is a hash of the address, telephone or order."""

    rule = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "key", "at"], name="rate_hit_key")]

    def __str__(self) -> str:
        return self.rule


class Clearance(models.Model):
    """What an editor decided about one order's public face. The newest row counts; earlier ones stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    photos = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.title}"

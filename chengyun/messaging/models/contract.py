"""The ways out, and the contract by which they are paid."""

from __future__ import annotations

from django.db import models

from chengyun.messaging.metering.cost import Price
from chengyun.organisation.models import Person
from chengyun.organisation.models.dated import ends_after_it_begins
from chengyun.worktime.limits import Provenance


class GatewayRow(models.Model):
    """One way out. Lower ``place`` comes first; the next one serves while those before it are down.

    ``settings`` are those of its kind (``gateways.kinds``); its secret is kept outside the database. The last
    part is written by the worker: how it stands and what went wrong last.
    """

    name = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=10)
    enabled = models.BooleanField(default=True)
    metered = models.BooleanField(default=True)  # its messages count for the package
    practice = models.BooleanField(default=False)  # leads to a simulator, reaches nobody
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()  # the worker starts it anew when this moves
    up_since = models.DateTimeField(null=True)
    down_since = models.DateTimeField(null=True)
    probe_at = models.DateTimeField(null=True)  # when a dead one is tried again
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_error = models.CharField(max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name


class Package(models.Model):
    """The operator's package from a day on: a monthly fee with so many messages, and the price of each above.

    Money in yuan. The newest row that holds on the last day of a month is the month's.
    """

    name = models.CharField(max_length=80)
    monthly_fee = models.DecimalField(max_digits=10, decimal_places=2)
    included = models.PositiveIntegerField()
    price_above = models.DecimalField(max_digits=8, decimal_places=4)
    valid_from = models.DateField(unique=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [ends_after_it_begins("package_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Price:
        """Its prices, as a value that works out costs."""
        return Price(self.monthly_fee, self.included, self.price_above)


class UsageWarning(models.Model):
    """A month's use passed a share of the package, and when that was noticed."""

    month = models.DateField()  # its first day
    percent = models.PositiveSmallIntegerField()
    used = models.PositiveIntegerField()
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["month", "percent"]
        constraints = [
            models.UniqueConstraint(fields=["month", "percent"], name="usage_warning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.percent} %"


class NoticeSeen(models.Model):
    """Up to which warning somebody has put the notices away."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    up_to = models.PositiveIntegerField()  # a UsageWarning's key
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.up_to}"

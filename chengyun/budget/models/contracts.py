"""Tables of this part: contracts, their items, usage, bills, reconciliation, documents, warnings.

Money in 元. What a contract says is corrected by compare-and-set on its ``version``; every change is a row of
``ContractEvent``. Usage, reconciliations and events are only ever appended.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePath

from django.db import models
from django.db.models import F, Q

from chengyun.budget.contracts.pricing import Terms
from chengyun.budget.contracts.words import (
    BillState,
    ContractVerb,
    DocumentKind,
    Feed,
    ItemKind,
    Match,
    PartMonth,
    Procurement,
    UsageSource,
    Verdict,
)
from chengyun.cases.attachments.judge import SUFFIXES
from chengyun.cases.models import StoredFile
from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Person
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet
from chengyun.worktime.limits import Provenance


class ContractQuerySet(models.QuerySet["Contract"]):
    """Named reads."""

    def seen_by(self, actor: Actor | None) -> ContractQuerySet:
        """For those who prepare the budget, lead, or audit."""
        from chengyun.budget.contracts.policies import may_read

        return self.all() if may_read(actor) else self.none()


class Contract(models.Model):
    """A contract. ``begins_on`` and ``ends_on`` (both included) are empty where the contract does not tell.

    ``service`` is what it supplies in few words; contracts of one service follow one another, and its year has
    to be covered. ``project`` is the project of the budget that pays. ``renews`` is the contract it takes the
    place of. ``example``: shipped to show how it is done, to be replaced by one's own.
    """

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    service = models.CharField(max_length=60)
    project = models.CharField(max_length=80, blank=True)
    supplier = models.CharField(max_length=120)
    procurement = models.CharField(max_length=20, choices=Procurement.choices(), default=Procurement.NOT_TOLD)
    signed_on = models.DateField(null=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    pay_within_days = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    note = models.CharField(max_length=300, blank=True)
    example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["service", "begins_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="contract_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(renews=None) | ~Q(renews=F("id")), name="contract_renews_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ContractItem(models.Model):
    """One price of a contract. ``unit_price`` is that of a unit a month, the monthly fee, or the whole (one-off)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=24, choices=ItemKind.choices())
    unit = models.CharField(max_length=10)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(1))
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)
    included = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    price_above = models.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    cap = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    part_month = models.CharField(max_length=8, choices=PartMonth.choices(), default=PartMonth.WHOLE)
    due_month = models.DateField(null=True)  # of a one-off item: the first day of its month
    feed = models.CharField(max_length=10, choices=Feed.choices(), default=Feed.AGREED)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "name"], name="item_once_in_a_contract"),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, quantity__gte=0, included__gte=0, price_above__gte=0),
                name="item_has_no_negative_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        """Its price, as a value that works out costs."""
        return Terms(
            ItemKind(self.kind),
            self.unit_price,
            self.unit,
            self.quantity,
            self.included,
            self.price_above,
            self.cap,
            PartMonth(self.part_month),
            self.due_month,
        )


class UsageImport(AppendOnly):
    """A file of usage that was taken in; ``rejects`` holds the rows that were not: line, field, reason, row."""

    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    read = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    rejects = models.JSONField(default=list)

    objects = AppendOnlyQuerySet["UsageImport"].as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class UsageRecord(AppendOnly):
    """How much of an item was used in a month. The newest row of a month counts; the others are its history."""

    item = models.ForeignKey(ContractItem, on_delete=models.PROTECT, related_name="usage")
    month = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=10, choices=UsageSource.choices())
    reference = models.CharField(max_length=200, blank=True)
    run = models.ForeignKey(UsageImport, null=True, on_delete=models.PROTECT, related_name="records")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    objects = AppendOnlyQuerySet["UsageRecord"].as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["item", "month"], name="usage_item_month")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.month:%Y-%m} {self.quantity}"


class Bill(models.Model):
    """A bill for one month of a contract. Its amount never changes: a wrong one is made void and entered anew."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="bills")
    month = models.DateField()
    number = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    received_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    voucher = models.CharField(max_length=60, blank=True)
    void = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], condition=Q(void=False), name="bill_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bill_has_an_amount"),
        ]
        indexes = [models.Index(fields=["due_on"], name="bill_due_on")]

    def __str__(self) -> str:
        return self.number

    def state_on(self, day: date) -> BillState:
        """How it stands."""
        if self.void:
            return BillState.VOID
        if self.paid_on is not None:
            return BillState.PAID if self.paid_on <= self.due_on else BillState.PAID_LATE
        if day > self.due_on:
            return BillState.OVERDUE
        return BillState.DUE_SOON if (self.due_on - day).days <= 7 else BillState.OPEN


class Reconciliation(AppendOnly):
    """A month of a contract, held against its bills and decided on. The newest row counts."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reconciliations")
    month = models.DateField()
    computed = models.DecimalField(max_digits=18, decimal_places=2)
    billed = models.DecimalField(max_digits=18, decimal_places=2)
    match = models.CharField(max_length=12, choices=Match.choices())
    verdict = models.CharField(max_length=12, choices=Verdict.choices())
    reason = models.CharField(max_length=300, blank=True)
    formulas = models.JSONField(default=list)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    objects = AppendOnlyQuerySet["Reconciliation"].as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["contract", "month"], name="reconciliation_month")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m} {self.verdict}"


class ContractDocument(models.Model):
    """A file that belongs to a contract. ``media_type`` is judged from the content, which never changes."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="documents")
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices())
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveBigIntegerField()  # bytes
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.original_name

    @property
    def download_name(self) -> str:
        """The name to save it under: the one given, with the ending that fits its content."""
        return PurePath(self.original_name).stem + SUFFIXES[self.media_type]


class ContractWarning(models.Model):
    """A contract comes to its end in so many days or fewer; noticed once."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="warnings")
    days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    noticed_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["ends_on", "days"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "days", "ends_on"], name="contract_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.days}"


class YearAmount(AppendOnly):
    """What a published budget gave a project in a year, for years that are not in the ledger. The newest counts."""

    project = models.CharField(max_length=80)
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.CharField(max_length=200)
    provenance = models.CharField(max_length=12, choices=Provenance.choices())
    example = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    objects = AppendOnlyQuerySet["YearAmount"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="year_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"


class ContractEvent(AppendOnly):
    """Who did what to a contract, when, and why. ``said``: the field, what it was, what it became."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=24, choices=ContractVerb.choices())
    about = models.CharField(max_length=120, blank=True)
    said = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)

    objects = AppendOnlyQuerySet["ContractEvent"].as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.verb}"

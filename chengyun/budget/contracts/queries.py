"""Named reads for the pages of contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.budget.contracts.coverage import Span
from chengyun.budget.contracts.ends import days_left, ending_ones, span_of, standing_on
from chengyun.budget.contracts.words import BillState, Standing
from chengyun.budget.models.contracts import (
    Bill,
    Contract,
    ContractDocument,
    ContractItem,
    ContractWarning,
    UsageRecord,
)
from chengyun.cases.attachments import store
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.posts import Post


@dataclass(frozen=True, slots=True)
class Row:
    """A contract in a list."""

    contract: Contract
    span: Span
    standing: Standing
    left: int | None  # days to the end, while it is in force

    @property
    def pk(self) -> int:
        """Its contract's."""
        return self.contract.pk


def rows_of(actor: Actor, today: date) -> list[Row]:
    """Every contract with how it stands; those that need somebody first."""
    found = []
    for contract in Contract.objects.seen_by(actor).prefetch_related("renewals", "items"):
        span, standing = span_of(contract), standing_on(contract, today)
        running = span.end is not None and standing in (Standing.IN_FORCE, Standing.ENDS_SOON)
        found.append(
            Row(contract, span, standing, days_left(span.end, today) if running and span.end else None)
        )
    order = [Standing.ENDS_SOON, Standing.IN_FORCE, Standing.NOT_TOLD, Standing.NOT_BEGUN, Standing.ENDED]
    places = {standing: place for place, standing in enumerate(order)}
    return sorted(
        found,
        key=lambda row: (row.contract.example, places.get(row.standing, 9), row.span.end or date.max, row.pk),
    )


def counted(actor: Actor) -> QuerySet[Contract]:
    """The contracts that lists of work are made of: one's own, and the examples only while there are none."""
    own = Contract.objects.seen_by(actor).filter(example=False)
    return own if own.exists() else Contract.objects.seen_by(actor)


def contract_of(contract_id: int, actor: Actor) -> Contract:
    """One contract. Raises ``NotThere``."""
    found = Contract.objects.seen_by(actor).select_related("renews").prefetch_related("renewals", "items")
    row = found.filter(pk=contract_id).first()
    if row is None:
        raise NotThere(_("没有这份合同，或您无权查看。"))
    return row


def item_of(item_id: int, actor: Actor) -> ContractItem:
    """One item with its contract. Raises ``NotThere``."""
    found = ContractItem.objects.filter(contract__in=Contract.objects.seen_by(actor))
    row = found.select_related("contract").filter(pk=item_id).first()
    if row is None:
        raise NotThere(_("没有这个合同项目。"))
    return row


def bills_seen_by(actor: Actor) -> QuerySet[Bill]:
    """The bills of the contracts that this person may see."""
    return Bill.objects.filter(contract__in=Contract.objects.seen_by(actor)).select_related("contract")


def bill_of(bill_id: int, actor: Actor) -> Bill:
    """One bill. Raises ``NotThere``."""
    row = bills_seen_by(actor).filter(pk=bill_id).first()
    if row is None:
        raise NotThere(_("没有这张账单，或您无权查看。"))
    return row


def bills_in(actor: Actor, state: str, today: date) -> QuerySet[Bill]:
    """Bills narrowed to those to be paid, overdue or paid; "" for all that are not void."""
    rows = bills_seen_by(actor)
    if state == BillState.VOID:
        return rows.filter(void=True)
    rows = rows.filter(void=False)
    if state == BillState.OPEN:
        return rows.filter(paid_on=None).order_by("due_on", "id")
    if state == BillState.OVERDUE:
        return rows.filter(paid_on=None, due_on__lt=today).order_by("due_on", "id")
    return rows.exclude(paid_on=None) if state == BillState.PAID else rows


def unpaid(actor: Actor, today: date) -> tuple[int, int]:
    """How many bills are to be paid, and how many of them are overdue."""
    rows = bills_seen_by(actor).filter(void=False, paid_on=None)
    return rows.count(), rows.filter(due_on__lt=today).count()


def usage_records(actor: Actor, item_id: int | None = None) -> QuerySet[UsageRecord]:
    """What was recorded, newest month first."""
    rows = UsageRecord.objects.filter(item__contract__in=Contract.objects.seen_by(actor))
    rows = rows.filter(item_id=item_id) if item_id is not None else rows
    return rows.select_related("item__contract", "run").order_by("-month", "item_id", "-id")


def document_of(document_id: int, actor: Actor) -> tuple[ContractDocument, Path]:
    """A file and where its content lies. Raises ``NotThere``."""
    seen = Contract.objects.seen_by(actor)
    row = ContractDocument.objects.filter(pk=document_id, contract__in=seen).first()
    path = store.path_of(row.stored_id) if row else None
    if row is None or path is None or not path.is_file():
        raise NotThere(_("没有这个文件，或您无权查看。"))
    return row, path


def warnings_of(actor: Actor) -> QuerySet[ContractWarning]:
    """Warnings that nobody has taken in yet."""
    seen = Contract.objects.seen_by(actor)
    return ContractWarning.objects.filter(contract__in=seen, seen_at=None).select_related("contract")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the start page says of a contract that comes to its end."""

    contract: Contract
    ends_on: date
    left: int


def notices_for(actor: Actor, now: datetime) -> list[Notice]:
    """Contracts that end soon, were warned of and not taken in; for the clerk's and the leader's start page."""
    if not actor.holds(Post.BUDGET, Post.LEADER):
        return []
    waiting = {one.contract_id for one in warnings_of(actor)}
    if not waiting:
        return []
    today = local(now).date()
    contracts = Contract.objects.filter(pk__in=waiting).prefetch_related("renewals")
    return [Notice(contract, end, days_left(end, today)) for contract, end in ending_ones(today, contracts)]

"""Contracts, people and messages for the tests of this part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from chengyun.budget.contracts import actions
from chengyun.budget.contracts.actions.contracts import ContractFacts
from chengyun.budget.contracts.actions.items import ItemFacts
from chengyun.budget.contracts.words import Feed, ItemKind
from chengyun.budget.models.contracts import Bill, Contract, ContractItem
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.clock import SHANGHAI
from chengyun.organisation.posts import Post

NOW = datetime(2026, 7, 15, 10, 0, tzinfo=SHANGHAI)
JUNE = date(2026, 6, 1)
FACTS = ContractFacts(
    number="HT-2026-01",
    title="监督员手机卡",
    service="手机卡",
    supplier="某运营商",
    source="合同文本",
    project="城管通服务费",
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    pay_within_days=15,
)
CARDS = ItemFacts("月费", ItemKind.PER_UNIT, "张", Decimal(128), quantity=Decimal(43), feed=Feed.ENTERED)
TEXTS = ItemFacts(
    "短信套餐",
    ItemKind.PACKAGE,
    "条",
    Decimal(3250),
    included=Decimal(50_000),
    price_above=Decimal("0.1"),
    feed=Feed.MESSAGES,
)


def holder(post: Post) -> Actor:
    """Somebody who holds a post, without a row of their own."""
    return Actor(None, f"{post.zh}甲", (Holding(post, 1),))


CLERK = holder(Post.BUDGET)


def contract(item: ItemFacts | None = CARDS, now: datetime = NOW, **said: object) -> Contract:
    """A contract with one item."""
    row = actions.enter_contract(replace(FACTS, **said), actor=CLERK, now=now)
    if item is not None:
        actions.add_item(row.pk, item, seen=row.version, actor=CLERK, now=now)
        row.refresh_from_db()
    return row


def item_of(row: Contract) -> ContractItem:
    """Its only item."""
    return row.items.get()


def bill(row: Contract, amount: str, month: date = JUNE, number: str = "F-1", now: datetime = NOW) -> Bill:
    """A bill that came on the third of the month after."""
    came = date(month.year, month.month + 1, 3)
    said = {"month": month, "number": number, "amount": Decimal(amount), "received_on": came}
    return actions.enter_bill(row.pk, actor=CLERK, now=now, **said)


def use(item: ContractItem, count: int, month: date = JUNE, now: datetime = NOW) -> None:
    """A month's usage from the operator's report."""
    actions.enter_usage(
        item.pk, month=month, quantity=Decimal(count), reference="运营商月报", actor=CLERK, now=now
    )

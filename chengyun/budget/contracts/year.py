"""A year of all contracts: covered or not, what it will cost, what another package would save. Reads.

A month in which no contract of a service holds is priced as the last one was, and counted apart: that is what
going on without a contract would cost, not what anybody owes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chengyun.budget.contracts.budgeted import Budgeted, budgeted
from chengyun.budget.contracts.coverage import Coverage, Span, coverage
from chengyun.budget.contracts.ends import span_of
from chengyun.budget.contracts.forecast import MonthCost, Range, month_cost, samples, total
from chengyun.budget.contracts.months import days_held, last_of, of_year
from chengyun.budget.contracts.packages import Option, best, break_even, even_year, options
from chengyun.budget.contracts.usage import UsageBook
from chengyun.budget.contracts.words import Basis, Feed, ItemKind
from chengyun.budget.models.contracts import Contract, ContractItem
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local


@dataclass(frozen=True, slots=True)
class ItemMonth:
    """A month of an item under the contract that counts for it. ``carried``: that contract no longer held."""

    contract: Contract
    item: ContractItem
    cost: MonthCost
    carried: bool


@dataclass(frozen=True, slots=True)
class ItemYear:
    """An item of a service over the year."""

    name: str
    months: tuple[ItemMonth, ...]
    packages: tuple[Option, ...]
    break_even: Decimal | None

    @property
    def range(self) -> Range:
        """What the year costs, carried months and all."""
        return total([one.cost for one in self.months])

    @property
    def last(self) -> ContractItem:
        """The newest terms."""
        return self.months[-1].item

    @property
    def best(self) -> Option | None:
        """The cheapest number of packages, where that is more than one."""
        found = best(self.packages)
        return found if found and found.packages > 1 else None


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """A service over the year: its contracts, the months they cover, its items."""

    name: str
    project: str
    contracts: tuple[Contract, ...]
    coverage: Coverage
    items: tuple[ItemYear, ...]

    @property
    def range(self) -> Range:
        """What the year costs."""
        return total([one.cost for item in self.items for one in item.months])

    @property
    def carried(self) -> Decimal:
        """How much of that falls on months without a valid contract."""
        found = [one.cost for item in self.items for one in item.months if one.carried]
        return total(found).expected


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What a budget gives beyond what contracts come to without overage; ``beyond``: the units it would buy."""

    budgeted: Budgeted
    base: Decimal
    rest: Decimal
    item: ContractItem | None
    beyond: Decimal | None
    second: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ProjectYear:
    """A project of the budget with the services it pays for."""

    project: str
    services: tuple[ServiceYear, ...]
    range: Range
    unexplained: Unexplained | None


@dataclass(frozen=True, slots=True)
class Year:
    """Everything about a year."""

    year: int
    projects: tuple[ProjectYear, ...]
    range: Range
    example: bool  # made up of the examples, because nobody's own contract falls in the year

    @property
    def services(self) -> list[ServiceYear]:
        """All services."""
        return [service for project in self.projects for service in project.services]


def year_of(actor: Actor, year: int, *, now: datetime) -> Year:
    """Read and work out a year. The examples stand in for a year in which there is no contract of one's own."""
    contracts = list(Contract.objects.seen_by(actor).prefetch_related("renewals", "items"))
    own = _worked_out([one for one in contracts if not one.example], year, now, example=False)
    if own.projects:
        return own
    return _worked_out([one for one in contracts if one.example], year, now, example=True)


def _worked_out(contracts: Sequence[Contract], year: int, now: datetime, *, example: bool) -> Year:
    items = [item for contract in contracts for item in contract.items.all()]
    book = UsageBook(items, now=now, year=year)
    today = local(now).date()
    names = list(dict.fromkeys(contract.service for contract in contracts))
    found = [
        _service(name, [one for one in contracts if one.service == name], year, book, today) for name in names
    ]
    services = [one for one in found if one is not None]
    projects = tuple(
        _project(project, tuple(one for one in services if one.project == project), year)
        for project in dict.fromkeys(one.project for one in services)
    )
    costs = [one.cost for service in services for item in service.items for one in item.months]
    return Year(year, projects, total(costs), example)


def _service(
    name: str, contracts: Sequence[Contract], year: int, book: UsageBook, today: date
) -> ServiceYear | None:
    """A service in a year; None where its contracts begin only later, or ended before the year before it."""
    spans = {contract.pk: span_of(contract) for contract in contracts}
    first, last = date(year, 1, 1), date(year, 12, 31)
    begun = [one for one in contracts if (begin := spans[one.pk].begin) is None or begin <= last]
    ends = [spans[one.pk].end for one in begun]
    if not begun or all(end is not None and end < date(year - 1, 1, 1) for end in ends):
        return None
    months: dict[str, list[ItemMonth]] = {}
    for month in of_year(year):
        for contract, days, carried in _holding(begun, spans, month):
            for item in contract.items.all():
                if carried and item.kind == ItemKind.ONE_OFF:
                    continue
                same = [one for other in contracts for one in other.items.all() if one.name == item.name]
                said = samples(item.terms, Feed(item.feed), month, book.months_of(same), today)
                cost = month_cost(item.terms, month, said, days)
                months.setdefault(item.name, []).append(ItemMonth(contract, item, cost, carried))
    items = tuple(_item(item_name, tuple(some)) for item_name, some in months.items())
    project = next((one.project for one in reversed(begun) if one.project), "")
    return ServiceYear(name, project, tuple(begun), coverage(list(spans.values()), first, last), items)


def _holding(
    contracts: Sequence[Contract], spans: dict[int, Span], month: date
) -> list[tuple[Contract, int | None, bool]]:
    """The contracts that count for a month: (contract, days held, carried on)."""
    found: list[tuple[Contract, int | None, bool]] = [
        (one, days, False)
        for one in contracts
        if (days := days_held(month, spans[one.pk].begin, spans[one.pk].end))
    ]
    if found:
        return found
    ended = [(end, one.pk, one) for one in contracts if (end := spans[one.pk].end) and end < month]
    return [(max(ended)[2], None, True)] if ended else []


def _item(name: str, months: tuple[ItemMonth, ...]) -> ItemYear:
    terms = months[-1].item.terms
    same = [one.cost for one in months if one.item.terms == terms]
    known = any(one.basis is not Basis.NO_DATA for one in same)  # nothing is compared without any record
    return ItemYear(name, months, options(terms, same) if known else (), break_even(terms))


def _project(project: str, services: tuple[ServiceYear, ...], year: int) -> ProjectYear:
    costs = [one.cost for service in services for item in service.items for one in item.months]
    found = budgeted(project, year)
    return ProjectYear(
        project, services, total(costs), _unexplained(found, services, year) if found else None
    )


def _unexplained(found: Budgeted, services: Sequence[ServiceYear], year: int) -> Unexplained:
    """Hold the budget against twelve months of each item's newest terms at the agreed quantity."""
    items = [item.last for service in services for item in service.items]
    base = total([one for item in items for one in _agreed_months(item, year)]).expected
    rest = found.amount - base
    packages = [item for item in items if item.kind == ItemKind.PACKAGE and item.price_above]
    if len(packages) != 1 or rest <= 0:
        return Unexplained(found, base, rest, None, None, ())
    beyond = rest / packages[0].price_above
    return Unexplained(found, base, rest, packages[0], beyond, even_year(packages[0].terms, beyond, year))


def _agreed_months(item: ContractItem, year: int) -> list[MonthCost]:
    terms = item.terms
    agreed = samples(terms, Feed.AGREED, date(year, 1, 1), {}, last_of(date(year, 12, 1)))
    return [month_cost(terms, month, agreed) for month in of_year(year)]


def agreed_year(item: ContractItem, year: int) -> str:
    """The formula of twelve months at the agreed quantity: ``43 张 × 128 元 × 12 = 66,048.00``."""
    months = _agreed_months(item, year)
    amount = f"{total(months).expected:,}"
    if item.kind == ItemKind.ONE_OFF:
        return amount
    return f"{months[0].formula} × {len(months)} = {amount}"

"""What the nine tables and the text are made of: plain values, money as ``Decimal`` in 元 to the cent.

``chengyun.budget.queries.facts_of`` fills them from the ledger; tests may build them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chengyun.budget.kinds import Edition, Fund, LineKind, OrgKind, Source, Stage

NIL = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Line:
    """One leaf of the expenditure: the only amounts that anybody types.

    ``func_code`` has 7 digits (类款项). ``eco_code`` has 5 (类款); it is "" only on lines of projects whose
    economic class is not known. ``project`` is the project's code, "" on basic lines.
    """

    kind: LineKind
    func_code: str
    eco_code: str
    amount: Decimal
    source: Source = Source.GRANT
    fund: Fund = Fund.GENERAL
    project: str = ""
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Income:
    """One line of income; ``carried_over`` for money left from earlier years (上年结转)."""

    source: Source
    fund: Fund
    amount: Decimal
    carried_over: bool = False


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document on which a project rests; the years are those it holds for, None where it does not say."""

    number: str
    title: str
    issuer: str = ""
    from_year: int | None = None
    to_year: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project in one year. ``sections`` holds the text of the seven headings, by number 1 to 7.

    ``total`` is the project's whole cost over its years; the other amounts are the year's alone and sum to
    ``requested``. ``has_targets`` tells whether 绩效目标 were declared, ``published`` whether its note is shown;
    ``stands_for`` is above 1 where several projects are known only by their sum.
    """

    id: int
    code: str
    name: str
    category: str
    nature: str
    department: str
    unit: str
    start: date | None
    end: date | None
    total: Decimal
    requested: Decimal
    grant: Decimal
    carried_over: Decimal = NIL
    other: Decimal = NIL
    has_targets: bool = False
    published: bool = False
    stands_for: int = 1
    sections: Mapping[int, str] = field(default_factory=dict)
    bases: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class Procurement:
    """政府采购预算, in 元; ``small`` is the part kept for small and medium enterprises."""

    goods: Decimal = NIL
    works: Decimal = NIL
    services: Decimal = NIL
    small: Decimal = NIL

    @property
    def total(self) -> Decimal:
        return self.goods + self.works + self.services


@dataclass(frozen=True, slots=True)
class Assets:
    """国有资产占用 on a day: vehicles by use, pieces of equipment, what the year will buy."""

    as_of: date | None = None
    general_vehicles: int = 0  # 一般公务用车
    law_vehicles: int = 0  # 一般执法执勤用车
    special_vehicles: int = 0  # 特种专业技术用车
    other_vehicles: int = 0  # 其他用车
    general_equipment: int = 0  # 单位价值 50 万元以上通用设备
    special_equipment: int = 0  # 单位价值 100 万元以上专用设备
    buys: str = ""  # sentence on vehicles and large equipment to be bought; "" for none

    @property
    def vehicles(self) -> int:
        return self.general_vehicles + self.law_vehicles + self.special_vehicles + self.other_vehicles


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """A budget as the compiler sees it.

    ``functions`` and ``economics`` name every code of the year's version, codes without separators.
    ``prior`` is last year's budget where the ledger has it; ``prior_figures`` holds last year's amounts that were
    entered without one, by key of ``kinds.Figure`` (in 元, as exact as their source, 万元 to two decimals).
    ``reasons`` explains changes: keys of ``Figure``, ``func:208``, ``eco:30101``, ``project:<code>``.
    ``purposes`` says by functional code what money is for ("用于…" without that word and without a full stop).
    ``duties`` and ``divisions`` are the unit's functions and its inner offices, one each.
    """

    org: str
    org_kind: OrgKind
    fiscal_year: int
    lines: tuple[Line, ...]
    incomes: tuple[Income, ...]
    budget_id: int = 0
    edition: Edition = Edition.DEPARTMENT
    stage: Stage = Stage.DRAFT
    version: int = 1
    approved_on: date | None = None
    units: tuple[str, ...] = ()  # budget units of the department, itself among them
    prior: BudgetFacts | None = None
    prior_figures: Mapping[str, Decimal] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    purposes: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    economics: Mapping[str, str] = field(default_factory=dict)
    projects: tuple[ProjectFacts, ...] = ()
    duties: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    procurement: Procurement = Procurement()
    assets: Assets = Assets()

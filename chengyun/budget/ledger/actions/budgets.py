"""Begin a budget: empty, or from last year's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Edition, OrgKind
from chengyun.budget.ledger.policies import WRITING
from chengyun.budget.models.history import Deed, Entry
from chengyun.budget.models.ledger import Budget, BudgetLine, IncomeLine
from chengyun.budget.models.projects import ProjectSection, ProjectYear
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit
from chengyun.organisation.policies import require

FIRST_YEAR, LAST_YEAR = 2015, 2099


@writing()
def begin_budget(
    *,
    org_id: int,
    fiscal_year: int,
    org_kind: str,
    edition: str = Edition.DEPARTMENT,
    actor: Actor,
    now: datetime,
) -> Budget:
    """An empty budget. Raises ``NotAllowed``, ``Invalid`` (org, fiscal_year, org_kind)."""
    require(actor, *WRITING)
    unit = Unit.objects.filter(pk=org_id).first()
    if unit is None:
        raise Invalid({"org": _("没有这个单位。")})
    if org_kind not in set(OrgKind):
        raise Invalid({"org_kind": _("请从列出的单位性质中选。")})
    _check_year(unit, fiscal_year)
    budget = Budget.objects.create(
        org=unit,
        org_name=unit.name,
        org_kind=org_kind,
        edition=edition,
        fiscal_year=fiscal_year,
        made_at=now,
    )
    _begun(budget, "", actor, now)
    return budget


@writing()
def begin_from(base_id: int, *, fiscal_year: int, actor: Actor, now: datetime) -> Budget:
    """Next year's budget with last year's lines, income, projects and facts as a start.

    Amounts are last year's until they are changed; calculations come along, reasons for changes and texts on
    one year (period, money) do not. Raises ``NotAllowed``, ``NotThere``, ``Invalid`` (fiscal_year).
    """
    require(actor, *WRITING)
    base = Budget.objects.select_related("org").filter(pk=base_id).first()
    if base is None:
        raise NotThere(_("没有这份预算。"))
    if fiscal_year <= base.fiscal_year:
        raise Invalid({"fiscal_year": _("请填 %(year)s 年以后的年度。") % {"year": base.fiscal_year}})
    _check_year(base.org, fiscal_year)
    budget = Budget.objects.create(
        org=base.org,
        org_name=base.org.name,
        org_kind=base.org_kind,
        edition=base.edition,
        fiscal_year=fiscal_year,
        base=base,
        profile=base.profile,
        made_at=now,
    )
    _copy_amounts(base, budget)
    _copy_projects(base, budget)
    _begun(budget, str(base), actor, now)
    return budget


def _check_year(unit: Unit, fiscal_year: int) -> None:
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise Invalid(
            {
                "fiscal_year": _("请填 %(first)s 到 %(last)s 之间的年度。")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            }
        )
    if Budget.objects.filter(org=unit, fiscal_year=fiscal_year).exists():
        raise Invalid({"fiscal_year": _("%(year)s 年的预算已经建立。") % {"year": fiscal_year}})


def _begun(budget: Budget, said: str, actor: Actor, now: datetime) -> None:
    Entry.objects.create(
        budget=budget,
        at=now,
        by_id=actor.person_id,
        by_name=actor.name,
        deed=Deed.CREATE,
        key="budget",
        after=said,
    )


def _copy_amounts(base: Budget, budget: Budget) -> None:
    incomes = IncomeLine.objects.filter(budget=base, carried_over=False)
    IncomeLine.objects.bulk_create(
        IncomeLine(budget=budget, source=row.source, fund=row.fund, amount=row.amount) for row in incomes
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=budget,
            kind=row.kind,
            func_code=row.func_code,
            eco_code=row.eco_code,
            source=row.source,
            fund=row.fund,
            project_id=row.project_id,
            amount=row.amount,
            calculation_id=row.calculation_id,  # written once, so both years may show the same row
        )
        for row in BudgetLine.objects.filter(budget=base, amount__gt=0)
    )


def _copy_projects(base: Budget, budget: Budget) -> None:
    for year in ProjectYear.objects.filter(budget=base).prefetch_related("sections"):
        made = ProjectYear.objects.create(
            budget=budget,
            project_id=year.project_id,
            has_targets=year.has_targets,
            published=year.published,
            **_period(year, budget.fiscal_year),
        )
        ProjectSection.objects.bulk_create(
            ProjectSection(year=made, heading=one.heading, text=one.text)
            for one in year.sections.all()
            if one.heading not in ("period", "money")
        )


def _period(year: ProjectYear, fiscal_year: int) -> dict[str, Any]:
    """A project that filled its year fills the next one; one over several years keeps its days and its whole cost."""
    if year.start and year.end and year.start.year == year.end.year:
        first, last = date(fiscal_year, 1, 1), date(fiscal_year, 12, 31)
        filled = (year.start.month, year.start.day, year.end.month, year.end.day) == (1, 1, 12, 31)
        return {"start": first, "end": last} if filled else {}
    return {"start": year.start, "end": year.end, "total": year.total}

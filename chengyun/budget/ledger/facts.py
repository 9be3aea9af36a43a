"""A budget of the ledger as the plain rows that tables and text are compiled from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.compiling.rows import NIL, BudgetFacts, Income, LegalBasis, Line, ProjectFacts
from chengyun.budget.kinds import Edition, Fund, LineKind, OrgKind, Source, Stage
from chengyun.budget.ledger.codes import codes_of
from chengyun.budget.ledger.profile import assets_of, list_of, procurement_of
from chengyun.budget.models.ledger import Budget, BudgetLine, ChangeReason, IncomeLine, PriorFigure
from chengyun.budget.models.projects import Heading, ProjectYear
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere

_NUMBERS = {heading.value: number for number, heading in enumerate(Heading, 1)}


def budget_of(budget_id: int, *, actor: Actor) -> Budget:
    """The budget, or ``NotThere``, also where this person may not read it."""
    found = Budget.objects.seen_by(actor).select_related("org", "base").filter(pk=budget_id).first()
    if found is None:
        raise NotThere(_("没有这份预算。"))
    return found


def lines_of(budget_id: int, *, actor: Actor) -> list[Line]:
    """The leaf lines of a budget that are not nil."""
    return _lines(budget_of(budget_id, actor=actor))


def facts_of(budget_id: int, *, actor: Actor) -> BudgetFacts:
    """Everything that tables and text need, last year's budget included. Raises ``NotThere``."""
    return facts_from(budget_of(budget_id, actor=actor))


def facts_from(budget: Budget, *, with_prior: bool = True) -> BudgetFacts:
    """The facts of a budget that was read already; ``with_prior`` False leaves last year's budget out."""
    codes = codes_of(budget.fiscal_year)
    lines = _lines(budget)
    profile = budget.profile
    return BudgetFacts(
        org=budget.org_name,
        org_kind=OrgKind(budget.org_kind),
        edition=Edition(budget.edition),
        fiscal_year=budget.fiscal_year,
        budget_id=budget.pk,
        stage=Stage(budget.stage),
        version=budget.version,
        approved_on=budget.approved_on,
        lines=tuple(lines),
        incomes=_incomes(budget),
        prior=facts_from(budget.base, with_prior=False) if with_prior and budget.base else None,
        prior_figures=dict(PriorFigure.objects.filter(budget=budget).values_list("key", "amount")),
        reasons=dict(ChangeReason.objects.filter(budget=budget).values_list("key", "text")),
        purposes=profile.get("purposes", {}),
        functions=codes.functions,
        economics=codes.economics,
        projects=tuple(_projects(budget, lines)),
        duties=list_of(profile, "duties"),
        divisions=list_of(profile, "divisions"),
        units=list_of(profile, "units"),
        procurement=procurement_of(profile),
        assets=assets_of(profile),
    )


def _lines(budget: Budget) -> list[Line]:
    rows = BudgetLine.objects.filter(budget=budget, amount__gt=0).select_related("project")
    return [
        Line(
            id=row.pk,
            kind=LineKind(row.kind),
            func_code=row.func_code,
            eco_code=row.eco_code,
            amount=row.amount,
            source=Source(row.source),
            fund=Fund(row.fund),
            project=row.project.code if row.project else "",
            note=row.note,
        )
        for row in rows
    ]


def _incomes(budget: Budget) -> tuple[Income, ...]:
    rows = IncomeLine.objects.filter(budget=budget)
    return tuple(Income(Source(row.source), Fund(row.fund), row.amount, row.carried_over) for row in rows)


def _projects(budget: Budget, lines: Iterable[Line]) -> Iterable[ProjectFacts]:
    asked: dict[str, Decimal] = defaultdict(lambda: NIL)
    other: dict[str, Decimal] = defaultdict(lambda: NIL)
    for line in lines:
        asked[line.project] += line.amount
        if line.source != Source.GRANT:
            other[line.project] += line.amount
    years = ProjectYear.objects.filter(budget=budget).select_related("project")
    for year in years.prefetch_related("sections", "project__bases"):
        project, total = year.project, asked[year.project.code]
        yield ProjectFacts(
            id=project.pk,
            code=project.code,
            name=project.name,
            category=project.category,
            nature=project.nature,
            department=project.department,
            unit=project.unit,
            start=year.start,
            end=year.end,
            total=year.total or total,
            requested=total,
            grant=total - other[project.code] - year.carried_over,
            carried_over=year.carried_over,
            other=other[project.code],
            has_targets=year.has_targets,
            published=year.published,
            stands_for=project.stands_for,
            sections={_NUMBERS[one.heading]: one.text for one in year.sections.all()},
            bases=tuple(
                LegalBasis(one.number, one.title, one.issuer, one.from_year, one.to_year)
                for one in project.bases.all()
            ),
        )

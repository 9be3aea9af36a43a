"""Reads and sets one named part of a budget as a plain value: what the history keeps and undo puts back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from chengyun.budget.kinds import Source
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.models.ledger import Budget, BudgetLine, ChangeReason, IncomeLine, PriorFigure
from chengyun.budget.models.projects import Project, ProjectSection, ProjectYear

Value = Any  # a plain value: text, number, list or dict; None for "not there"


def get(budget: Budget, key: str) -> Value:
    """The value under a key, None if nothing is there."""
    return _PARTS[key.partition(":")[0]][0](budget, key)


def put(budget: Budget, key: str, value: Value) -> None:
    """Make the part be this value; None takes it away."""
    _PARTS[key.partition(":")[0]][1](budget, key, value)


def line_of(budget: Budget, key: LineKey) -> BudgetLine | None:
    """The line of a key."""
    same = BudgetLine.objects.filter(
        budget=budget,
        kind=key.kind,
        func_code=key.func_code,
        eco_code=key.eco_code,
        source=key.source,
        fund=key.fund,
    )
    return (same.filter(project__code=key.project) if key.project else same.filter(project=None)).first()


def _get_line(budget: Budget, key: str) -> Value:
    line = line_of(budget, LineKey.read(key))
    if line is None:
        return None
    return {"amount": plain(line.amount), "calculation": line.calculation_id, "note": line.note}


def _put_line(budget: Budget, key: str, value: Value) -> None:
    where = LineKey.read(key)
    line = line_of(budget, where)
    if value is None:
        if line is not None:
            line.delete()
        return
    if line is None:
        line = BudgetLine(
            budget=budget,
            kind=where.kind,
            func_code=where.func_code,
            eco_code=where.eco_code,
            source=where.source,
            fund=where.fund,
            project=Project.objects.get(code=where.project) if where.project else None,
        )
    line.amount = Decimal(value["amount"])
    line.calculation_id = value.get("calculation")
    line.note = value.get("note", "")
    line.save()


def _income(budget: Budget, key: str) -> dict[str, Any]:
    source, fund, when = key.partition(":")[2].split("|")
    return {"budget": budget, "source": Source(source), "fund": fund, "carried_over": when == "carried"}


def _get_income(budget: Budget, key: str) -> Value:
    row = IncomeLine.objects.filter(**_income(budget, key)).first()
    return plain(row.amount) if row else None


def _put_income(budget: Budget, key: str, value: Value) -> None:
    if value is None or Decimal(value) == 0:
        IncomeLine.objects.filter(**_income(budget, key)).delete()
    else:
        IncomeLine.objects.update_or_create(**_income(budget, key), defaults={"amount": Decimal(value)})


def _get_reason(budget: Budget, key: str) -> Value:
    return ChangeReason.objects.filter(budget=budget, key=_rest(key)).values_list("text", flat=True).first()


def _put_reason(budget: Budget, key: str, value: Value) -> None:
    if value:
        ChangeReason.objects.update_or_create(budget=budget, key=_rest(key), defaults={"text": value})
    else:
        ChangeReason.objects.filter(budget=budget, key=_rest(key)).delete()


def _get_prior(budget: Budget, key: str) -> Value:
    row = PriorFigure.objects.filter(budget=budget, key=_rest(key)).first()
    return {"amount": plain(row.amount), "source": row.source} if row else None


def _put_prior(budget: Budget, key: str, value: Value) -> None:
    if value is None:
        PriorFigure.objects.filter(budget=budget, key=_rest(key)).delete()
        return
    facts = {"amount": Decimal(value["amount"]), "source": value["source"]}
    PriorFigure.objects.update_or_create(budget=budget, key=_rest(key), defaults=facts)


def _get_profile(budget: Budget, key: str) -> Value:
    return Budget.objects.values_list("profile", flat=True).get(pk=budget.pk)


def _put_profile(budget: Budget, key: str, value: Value) -> None:
    Budget.objects.filter(pk=budget.pk).update(profile=value or {})


def _get_project(budget: Budget, key: str) -> Value:
    year = ProjectYear.objects.filter(budget=budget, project__code=_rest(key)).first()
    if year is None:
        return None
    return {
        "start": year.start.isoformat() if year.start else "",
        "end": year.end.isoformat() if year.end else "",
        "total": plain(year.total),
        "carried_over": plain(year.carried_over),
        "has_targets": year.has_targets,
        "published": year.published,
    }


def _put_project(budget: Budget, key: str, value: Value) -> None:
    if value is None:
        ProjectSection.objects.filter(year__budget=budget, year__project__code=_rest(key)).delete()
        ProjectYear.objects.filter(budget=budget, project__code=_rest(key)).delete()
        return
    facts = {
        **value,
        "start": date.fromisoformat(value["start"]) if value["start"] else None,
        "end": date.fromisoformat(value["end"]) if value["end"] else None,
        "total": Decimal(value["total"]),
        "carried_over": Decimal(value["carried_over"]),
    }
    project = Project.objects.get(code=_rest(key))
    ProjectYear.objects.update_or_create(budget=budget, project=project, defaults=facts)


def _section(budget: Budget, key: str) -> tuple[ProjectYear | None, str]:
    code, _bar, heading = _rest(key).rpartition("|")
    return ProjectYear.objects.filter(budget=budget, project__code=code).first(), heading


def _get_section(budget: Budget, key: str) -> Value:
    year, heading = _section(budget, key)
    return ProjectSection.objects.filter(year=year, heading=heading).values_list("text", flat=True).first()


def _put_section(budget: Budget, key: str, value: Value) -> None:
    year, heading = _section(budget, key)
    if value:
        ProjectSection.objects.update_or_create(year=year, heading=heading, defaults={"text": value})
    else:
        ProjectSection.objects.filter(year=year, heading=heading).delete()


def _rest(key: str) -> str:
    return key.partition(":")[2]


_PARTS: dict[str, tuple[Callable[[Budget, str], Value], Callable[[Budget, str, Value], None]]] = {
    "line": (_get_line, _put_line),
    "income": (_get_income, _put_income),
    "reason": (_get_reason, _put_reason),
    "prior": (_get_prior, _put_prior),
    "profile": (_get_profile, _put_profile),
    "project": (_get_project, _put_project),
    "section": (_get_section, _put_section),
}

"""Loads the codes of the year and the example budget of 2024. Safe to run twice: what is there stays."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from chengyun.budget.kinds import Fund, Source
from chengyun.budget.ledger.calculations import Formula, read_inputs, result_of
from chengyun.budget.models.codes import Code, CodeKind, CodeVersion
from chengyun.budget.models.history import Deed, Entry
from chengyun.budget.models.ledger import (
    Budget,
    BudgetLine,
    Calculation,
    ChangeReason,
    IncomeLine,
    PriorFigure,
)
from chengyun.budget.models.projects import LegalBasis, Project, ProjectSection, ProjectYear
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

FOLDER = Path(__file__).resolve().parents[1] / "reference"
_FIRST_YEAR = 2024
_SOURCE = "政府收支分类科目，据公开的部门预算、决算核对；标 M 的待与财政部印本核对"
_PROFILE = ("purposes", "duties", "divisions", "units", "assets")


@writing()
def load_reference(*, now: datetime) -> None:
    """Load what is missing: the codes of 2024, and the published budget where there is no budget at all."""
    _load_codes(CodeKind.FUNCTION, "functional.csv")
    _load_codes(CodeKind.ECONOMIC, "economic.csv")
    if not Budget.objects.exists():
        load_example(now=now)


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_codes(kind: CodeKind, name: str) -> None:
    if CodeVersion.objects.filter(kind=kind).exists():
        return
    version = CodeVersion.objects.create(
        kind=kind, fiscal_year=_FIRST_YEAR, effective_from=date(_FIRST_YEAR, 1, 1), source=_SOURCE
    )
    Code.objects.bulk_create(
        Code(
            version=version,
            code=row["code"],
            name=row["name"],
            group=row.get("group_in_T8", ""),
            mark=row["prov"],
        )
        for row in _rows(name)
    )


def load_example(*, now: datetime) -> Budget | None:
    """Enter the published budget of 2024; None where its unit is not there."""
    said: dict[str, Any] = yaml.safe_load((FOLDER / "baoshan_2024.yaml").read_text(encoding="utf-8"))
    unit = Unit.objects.filter(code=said["org"]).first()
    if unit is None:
        return None
    budget = Budget.objects.create(
        org=unit,
        org_name=unit.name,
        org_kind=said["org_kind"],
        edition=said["edition"],
        fiscal_year=said["fiscal_year"],
        stage=said["stage"],
        source=said["source"],
        profile={name: said[name] for name in _PROFILE},
        made_at=now,
    )
    IncomeLine.objects.create(
        budget=budget, source=Source.GRANT, fund=Fund.GENERAL, amount=Decimal(said["income"])
    )
    projects = {one["code"]: _project(budget, one) for one in said["projects"]}
    for row in _rows("baoshan_2024_lines.csv"):
        _line(budget, row, projects, now)
    _texts(budget, said)
    Entry.objects.create(
        budget=budget, at=now, by_name="系统", deed=Deed.CREATE, key="budget", after=said["source"]
    )
    return budget


def _project(budget: Budget, said: dict[str, Any]) -> Project:
    project, _made = Project.objects.get_or_create(
        code=said["code"],
        defaults={
            "name": said["name"],
            "category": said.get("category", ""),
            "nature": said["nature"],
            "department": budget.org_name,
            "unit": budget.org_name,
            "stands_for": said.get("stands_for", 1),
            "source": budget.source,
        },
    )
    LegalBasis.objects.bulk_create(LegalBasis(project=project, **basis) for basis in said.get("bases", ()))
    year = ProjectYear.objects.create(
        budget=budget,
        project=project,
        start=said.get("start"),
        end=said.get("end"),
        total=Decimal(said["total"]),
        has_targets=said.get("has_targets", False),
        published=said.get("published", False),
    )
    ProjectSection.objects.bulk_create(
        ProjectSection(year=year, heading=heading, text=text)
        for heading, text in said.get("sections", {}).items()
    )
    return project


def _line(budget: Budget, row: dict[str, str], projects: dict[str, Project], now: datetime) -> None:
    calculation = None
    if row["base"]:
        values, _faults = read_inputs(Formula.RATE_BASE, row)
        calculation = Calculation.objects.create(
            formula=Formula.RATE_BASE,
            inputs={name: str(value) for name, value in values.items()},
            result=result_of(Formula.RATE_BASE, values),
            made_at=now,
            made_by="据公开金额推算",
        )
    BudgetLine.objects.create(
        budget=budget,
        kind=row["kind"],
        func_code=row["func_code"],
        eco_code=row["eco_code"],
        project=projects.get(row["project"]),
        amount=Decimal(row["amount"]),
        calculation=calculation,
        note=row["note"],
    )


def _texts(budget: Budget, said: dict[str, Any]) -> None:
    ChangeReason.objects.bulk_create(
        ChangeReason(budget=budget, key=key, text=text) for key, text in said["reasons"].items()
    )
    PriorFigure.objects.bulk_create(
        PriorFigure(budget=budget, key=key, amount=Decimal(amount), source=said["prior"]["source"])
        for key, amount in said["prior"]["figures"].items()
    )

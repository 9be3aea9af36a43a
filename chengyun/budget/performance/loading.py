"""Loads schemes, dated numbers and the forms of 2024. Safe to run twice: what is there stays."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from chengyun.budget.models import Budget, Declaration, PerformanceRow, Project, Scheme, SchemeClass, Target
from chengyun.budget.performance.actions.recording import write_down
from chengyun.budget.performance.words import Deed, Level, Variant
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.writing import writing

_FOLDER = Path(__file__).parent / "reference"
_SINCE = date(2015, 1, 1)


@writing()
def load_reference(*, now: datetime) -> None:
    """Load what is missing."""
    said: dict[str, Any] = yaml.safe_load((_FOLDER / "forms.yaml").read_text(encoding="utf-8"))
    for one in said["schemes"]:
        Scheme.objects.get_or_create(key=one["key"], defaults=one)
    _load_classes()
    _load_rows()
    # Examples go only where there is nothing yet: a centre that cleared them away does not get them back.
    if not Declaration.objects.exists():
        for form in said["declarations"]:
            _load_form(form, now)


def _load_classes() -> None:
    schemes = {scheme.key: scheme for scheme in Scheme.objects.all()}
    for row in _file("schemes.csv"):
        SchemeClass.objects.get_or_create(
            scheme=schemes[row["scheme"]],
            level1=row["level1"],
            level2=row["level2"],
            defaults={
                "position": int(row["position"]),
                "weight": Decimal(row["weight"]),
                "required": row["required"] == "yes",
            },
        )


def _load_rows() -> None:
    for row in _file("rows.csv"):
        if PerformanceRow.objects.filter(kind=row["kind"], name=row["name"]).exists():
            continue
        PerformanceRow.objects.create(
            **{**row, "value": Decimal(row["value"]), "position": int(row["position"])}, valid_from=_SINCE
        )


def _load_form(said: dict[str, Any], now: datetime) -> None:
    scheme = Scheme.objects.get(key=said["scheme"])
    classes = {one.level2: one for one in scheme.classes.all()}
    money = {name: Decimal(said[name]) for name in ("total", "grant")}
    head = {
        name: value for name, value in said.items() if name not in ("targets", "scheme", "total", "grant")
    }
    form = Declaration.objects.create(
        **head,
        **money,
        total_fiscal=money["total"],
        scheme=scheme,
        # The form of 2024 has no weights at all.
        execution_weight=Decimal(0) if said["variant"] == Variant.PUBLISHED else scheme.execution_weight,
        project=Project.objects.filter(code=said["code"]).first() if said["level"] == Level.PROJECT else None,
        budget=Budget.objects.filter(fiscal_year=said["fiscal_year"], org_name=said["department"]).first(),
    )
    for position, one in enumerate(said["targets"], 1):
        columns = {name: value for name, value in one.items() if name != "class"}
        for name in ("value", "weight", "money"):
            if name in columns:
                columns[name] = Decimal(str(columns[name]))
        Target.objects.create(
            declaration=form, scheme_class=classes[one["class"]], position=position, **columns
        )
    write_down(form, Deed.CREATE, actor=SYSTEM, now=now, name=form.name)


def _file(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

"""Loads the starting rows. Safe to run twice: what is there, and what a person changed, stays."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from chengyun.kernel.writing import writing
from chengyun.messaging.models import GatewayRow, Package, Rule, Template, TemplateVersion
from chengyun.worktime.limits import Provenance

FOLDER = Path(__file__).resolve().parent / "reference"
START = date(2020, 1, 1)
_SOURCE = "起始文字，由本中心核定"
FIRST_GATEWAY = "file"


@writing()
def load_reference(*, now: datetime) -> None:
    """Load the templates, rules, the package and the first gateway that are missing."""
    _load_templates(now)
    _load_rules()
    _load_package()
    if not GatewayRow.objects.exists():
        GatewayRow.objects.create(
            name=FIRST_GATEWAY,
            kind="file",
            place=90,
            changed_at=now,
            note="演练用：写入数据目录的 messages 文件夹，不真正发出",
        )


def _load_templates(now: datetime) -> None:
    here = set(Template.objects.values_list("name", flat=True))
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / "templates.yaml").read_text(encoding="utf-8"))
    for row in rows:
        if row["name"] in here:
            continue
        text = row.pop("text")
        template = Template.objects.create(**row)
        TemplateVersion.objects.create(
            template=template,
            number=1,
            text=text,
            valid_from=START,
            source=_SOURCE,
            provenance=Provenance.DERIVED,
            made_at=now,
        )


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_rules() -> None:
    """A rule that has any row has been looked at by somebody and is left alone."""
    here = set(Rule.objects.values_list("name", flat=True))
    Rule.objects.bulk_create(
        Rule(valid_from=START, **row) for row in _table("rules.csv") if row["name"] not in here
    )


def _load_package() -> None:
    if Package.objects.exists():
        return
    for row in _table("package.csv"):
        Package.objects.create(
            name=row["name"],
            monthly_fee=Decimal(row["monthly_fee"]),
            included=int(row["included"]),
            price_above=Decimal(row["price_above"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
            provenance=row["provenance"],
            confirmed=row["confirmed"] == "yes",
        )

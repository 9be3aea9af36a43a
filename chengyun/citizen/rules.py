"""The numbers of these pages, from their rows; and loading the rows that the product begins with."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import models

from chengyun.cases.catalogue_queries import item
from chengyun.citizen.models import CitizenRule, PlainCategory, PlainQuestion, PlainWord, PublicClass
from chengyun.citizen.vocabulary import BOUNDS
from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.messaging.models import Template, TemplateVersion
from chengyun.worktime.limits import Provenance

SUPPORT_CLOSED = "support_closed"
_FOLDER = Path(__file__).parent / "reference"
_FRESH_SECONDS = 2.0
_rules: tuple[float, list[CitizenRule]] = (0.0, [])


def rule(name: str, now: datetime) -> int:
    """The value in force; other processes see a change within two seconds."""
    global _rules
    read_at, rows = _rules
    if not read_at or time.monotonic() - read_at > _FRESH_SECONDS:
        rows = list(CitizenRule.objects.order_by("-valid_from"))
        _rules = (time.monotonic(), rows)
    today = local(now).date()
    found = next((row.value for row in rows if row.name == name and row.valid_from <= today), None)
    return found if found is not None else BOUNDS[name].usual


def forget_rules() -> None:
    """Read them anew at the next use."""
    global _rules
    _rules = (0.0, [])


def load_reference(*, now: datetime) -> int:
    """Load the rows that are not there yet; return how many. Changes nothing that a person edited."""
    made = 0
    with writing():
        made += _load(CitizenRule, "rules.csv", ("name",), {"value": int, "valid_from": date.fromisoformat})
        made += _load(PlainCategory, "categories.csv", ("name",), {"position": int, "active": _yes})
        made += _load(PublicClass, "public_classes.csv", ("catalogue_key",), _DATED)
        made += _load(PlainWord, "words.csv", ("process", "thing", "name"), {"shown": _yes})
        made += _load(PlainQuestion, "questions.csv", ("zh",), {})
        made += _load_template(now)
    forget_rules()
    return made


def _load_template(now: datetime) -> int:
    """The words of the message to supporters, kept and edited with all others among the messages."""
    if Template.objects.filter(name=SUPPORT_CLOSED).exists():
        return 0
    template = Template.objects.create(
        name=SUPPORT_CLOSED,
        label="附议的问题已办结",
        label_en="A supported problem is finished",
        about="市民网页上“我也遇到”并留了手机的人",
        about_en="To those who met the same problem and left a checked telephone",
        variables=[{"name": "title", "label": "公开标题", "sample": "道路设施问题", "most": 24}],
    )
    TemplateVersion.objects.create(
        template=template,
        number=1,
        text="您也遇到过的“{title}”已办结，谢谢您的关心。如问题仍在，请拨打 12345。",
        valid_from=date(2020, 1, 1),
        source="建议起始用语",
        provenance=Provenance.DERIVED,
        made_at=now,
    )
    return 1


def _yes(text: str) -> bool:
    return text == "yes"


_DATED: dict[str, Callable[[str], Any]] = {"valid_from": date.fromisoformat, "public": _yes}


def _load(
    model: type[models.Model], file_name: str, key: tuple[str, ...], read: dict[str, Callable[[str], Any]]
) -> int:
    known = set(model._default_manager.values_list(*key))
    with (_FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if tuple(row[name] for name in key) not in known]
    for row in rows:
        model._default_manager.create(**{name: read.get(name, str)(value) for name, value in row.items()})
    return len(rows)


def categories() -> list[PlainCategory]:
    """What citizens choose from, in order; those whose class is gone from the catalogue are left out."""
    rows = PlainCategory.objects.filter(active=True)
    return [row for row in rows if not row.catalogue_key or item(row.catalogue_key) is not None]

"""Dated rows of this part: read those in force on a day, load the starting ones."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from chengyun.hotline.handling.words import RowKind
from chengyun.hotline.models import HandlingRow, ReplyTemplate, ReplyTemplateVersion, SamplingRule
from chengyun.kernel.writing import writing
from chengyun.organisation.models.dated import valid_on
from chengyun.worktime.limits import Provenance

_FOLDER = Path(__file__).parent / "reference"
# Used only where the centre has taken the row away: a page without a bound would be worse.
_BOUNDS_WITHOUT_ROW = {"copied_share": Decimal("0.8"), "addressed_share": Decimal("0.1")}


def rows_on(kind: RowKind, day: date) -> list[HandlingRow]:
    """The rows of a kind in force on a day, in their order."""
    return list(HandlingRow.objects.filter(valid_on(day), kind=kind).order_by("position", "name"))


def texts_on(kind: RowKind, day: date) -> list[str]:
    """Their texts."""
    return [row.text for row in rows_on(kind, day)]


def bound_on(name: str, day: date) -> Decimal:
    """The bound of an audit hint."""
    row = HandlingRow.objects.filter(valid_on(day), kind=RowKind.HINT, name=name).first()
    return row.value if row is not None and row.value is not None else _BOUNDS_WITHOUT_ROW[name]


def topics_of(catalogue_key: str, day: date) -> frozenset[str]:
    """The special topics that a class belongs to: names of ``Ask.topic``."""
    if not catalogue_key:
        return frozenset()
    kinds = (RowKind.ILLEGAL_STRUCTURE, RowKind.GROUP_RENTING)
    rows = HandlingRow.objects.filter(valid_on(day), kind__in=kinds).values_list("kind", "text")
    return frozenset(str(kind) for kind, prefix in rows if prefix and catalogue_key.startswith(prefix))


def load_reference(*, now: datetime) -> int:
    """Load starting rows, sampling rule and templates that are not there; change nothing a person edited."""
    with writing():
        made = sum(_load_row(said) for said in _file("rows.csv"))
        made += sum(_load_template(said, now) for said in _file("templates.csv"))
        if not SamplingRule.objects.exists():
            SamplingRule.objects.create(
                share=Decimal(100),
                seed="2026",
                valid_from=date(2020, 1, 1),
                source="全部回访：国办发〔2020〕53号要求办结后回访，比例未见规定",
                provenance=Provenance.SECONDARY,
            )
            made += 1
    return made


def _load_row(said: dict[str, str]) -> int:
    if HandlingRow.objects.filter(kind=said["kind"], name=said["name"]).exists():
        return 0
    HandlingRow.objects.create(
        kind=RowKind(said["kind"]),
        name=said["name"],
        text=said["text"],
        value=Decimal(said["value"]) if said["value"] else None,
        position=int(said["position"]),
        valid_from=date(2020, 1, 1),
        source=said["source"],
        provenance=Provenance(said["provenance"]),
        note=said["note"],
    )
    return 1


def _load_template(said: dict[str, str], now: datetime) -> int:
    if ReplyTemplate.objects.filter(unit=None, title=said["title"]).exists():
        return 0
    template = ReplyTemplate.objects.create(
        title=said["title"], catalogue_prefix=said["catalogue_prefix"], outcome=said["outcome"], made_at=now
    )
    ReplyTemplateVersion.objects.create(
        template=template, no=1, body=said["body"].replace("\\n", "\n"), made_at=now
    )
    return 1


def _file(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

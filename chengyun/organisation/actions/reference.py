"""Loading the units, the demonstration mapping of classes to units, and the first security policy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from chengyun.geography.models import Area, AreaKind
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change
from chengyun.organisation.models import Change, ClassDuty, SecurityPolicy, Unit, UnitKind
from chengyun.organisation.queries.policy import FACTORY

FOLDER = Path(__file__).resolve().parent.parent / "reference"
_SINCE = date(2000, 1, 1)  # early enough for records of earlier years that are imported


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the room's reference files."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@writing()
def load_reference(*, now: datetime) -> dict[str, int]:
    """Load what is missing; what is there, edited or not, stays. Returns how many rows were made.

    Units: the centre and its sections, bureaus, utilities, streets, and a unit for every community of
    ``geography``. Areas are linked where geography has been loaded; run it again afterwards if it had not.
    """
    made = {"units": _units(), "communities": _communities(), "linked": _link_areas()}
    _write_paths()
    made["class_duties"] = _class_duties()
    made["policies"] = _policy(now)
    centre = Unit.objects.get(code="centre")
    if any(made.values()):
        note_change(Change.LOAD_REFERENCE, "unit", centre, made, actor=SYSTEM, now=now)
    return made


def _units() -> int:
    known = {unit.code: unit for unit in Unit.objects.all()}
    count = 0
    for row in rows_of("units.csv"):
        if row["code"] in known:
            continue
        known[row["code"]] = Unit.objects.create(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            kind=row["kind"],
            parent=known.get(row["parent"]),
            source=row["source"],
        )
        count += 1
    return count


def _communities() -> int:
    streets = {unit.code: unit for unit in Unit.objects.filter(kind=UnitKind.STREET)}
    known = set(Unit.objects.filter(kind=UnitKind.COMMUNITY).values_list("code", flat=True))
    areas = Area.objects.filter(kind=AreaKind.COMMUNITY, valid_until__isnull=True).order_by("code")
    new = [
        Unit(
            code=area.code,
            name=area.name,
            kind=UnitKind.COMMUNITY,
            parent=streets[area.code[:9]],
            area=area,
            source=area.source[:200],
        )
        for area in areas
        if area.code not in known and area.code[:9] in streets
    ]
    Unit.objects.bulk_create(new, batch_size=500)
    return len(new)


def _link_areas() -> int:
    unlinked = Unit.objects.filter(area__isnull=True, kind__in=(UnitKind.STREET, UnitKind.COMMUNITY))
    areas = {area.code: area for area in Area.objects.filter(valid_until__isnull=True)}
    linked = [unit for unit in unlinked if unit.code in areas]
    for unit in linked:
        unit.area = areas[unit.code]
    Unit.objects.bulk_update(linked, ["area"], batch_size=500)
    return len(linked)


def _write_paths() -> None:
    """Give a path to the units that have none: parents first."""
    paths = {unit.pk: unit.path for unit in Unit.objects.exclude(path="")}
    waiting = list(Unit.objects.filter(path="").order_by("pk"))
    for unit in waiting:
        above = "/" if unit.parent_id is None else paths[unit.parent_id]
        unit.path = paths[unit.pk] = f"{above}{unit.pk}/"
    Unit.objects.bulk_update(waiting, ["path"], batch_size=500)


def _class_duties() -> int:
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = set(ClassDuty.objects.filter(area__isnull=True).values_list("catalogue", "branch"))
    new = [
        ClassDuty(
            catalogue=row["catalogue"],
            branch=row["branch"],
            unit=units[row["unit"]],
            basis=row["basis"],
            valid_from=_SINCE,
        )
        for row in rows_of("class_duties.csv")
        if (row["catalogue"], row["branch"]) not in known
    ]
    ClassDuty.objects.bulk_create(new, batch_size=500)
    return len(new)


def _policy(now: datetime) -> int:
    if SecurityPolicy.objects.exists():
        return 0
    SecurityPolicy.objects.create(
        valid_from=now,
        second_factor_posts=sorted(FACTORY.second_factor_posts),
        session_minutes=FACTORY.session_minutes,
        password_days=FACTORY.password_days,
        password_length=FACTORY.password_length,
        failures=FACTORY.failures,
        lock_minutes=FACTORY.lock_minutes,
        source=FACTORY.source,
    )
    return 1

"""Fictitious people for rehearsals (演练): every one says so in their name and carries the flag."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from chengyun.geography.models import Grid, GridKind
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change
from chengyun.organisation.actions.people import create_person
from chengyun.organisation.actions.postings import give_post
from chengyun.organisation.actions.reference import rows_of
from chengyun.organisation.actions.units import create_unit
from chengyun.organisation.models import Account, Change, GridDuty, Person, Posting, Unit, UnitKind
from chengyun.organisation.passwords import random_password
from chengyun.organisation.posts import Post

_TEAM = "/team"  # the ending of a rehearsal team's code; what stands before it is the unit above


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A log-in for trying the product out."""

    post: str
    username: str
    password: str
    name: str


def demo_file() -> Path:
    """Where the demo log-ins are written down: readable by the owner of the data folder only."""
    return Path(settings.DATA_FOLDER) / "demo_logins.json"


@writing()
def rehearsal_people(*, now: datetime, password: str = "") -> list[DemoLogin]:
    """Make one or more people with an account for every post; returns all of them, made now or earlier.

    Needs ``load_reference``. All share one password: the one given, else the one written down before, else a
    random one. Safe to call twice. Each street and the main bureaus get a liaison and a handling team, and
    six inspectors share the responsibility grids that nobody walks.
    """
    password = password or _written_password() or random_password()
    hashed = make_password(password)
    units = {unit.code: unit for unit in Unit.objects.all()}
    logins = []
    for row in rows_of("rehearsal_people.csv"):
        unit = units.get(row["unit"]) or _team(units, row["unit"], now)
        person = _person(row, unit, hashed, now)
        logins.append(DemoLogin(row["post"], row["username"], password, person.name))
    _inspect(now)
    _write_down(logins)
    return logins


def _written_password() -> str:
    logins = written_logins()
    return logins[0].password if logins else ""


def written_logins() -> list[DemoLogin]:
    """The demo log-ins as written down; an empty list if there are none."""
    path = demo_file()
    if not path.exists():
        return []
    return [DemoLogin(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _write_down(logins: list[DemoLogin]) -> None:
    path = demo_file()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump([asdict(login) for login in logins], file, ensure_ascii=False, indent=1)


def _team(units: dict[str, Unit], code: str, now: datetime) -> Unit:
    above = units[code.removesuffix(_TEAM)]
    units[code] = create_unit(
        code=code,
        name=f"{above.name}处置队（演练）",
        name_en=f"{above.name_en} handling team (rehearsal)",
        kind=UnitKind.TEAM,
        parent_id=above.pk,
        rehearsal=True,
        source="演练数据",
        actor=SYSTEM,
        now=now,
    )
    return units[code]


def _person(row: dict[str, str], unit: Unit, hashed: str, now: datetime) -> Person:
    """The person of one row with account and posting, made if not there; the password is set again."""
    known = Account.objects.filter(username=row["username"]).first()
    if known is not None:
        if known.person.rehearsal:
            known.password = hashed
            known.save(update_fields=["password"])
        return known.person
    person = create_person(name=row["name"], unit_id=unit.pk, rehearsal=True, actor=SYSTEM, now=now)
    account = Account.objects.create(
        username=row["username"],
        person=person,
        password=hashed,  # hashed once for all: it takes half a second
        must_change_password=False,
        password_changed_at=now,
        created_at=now,
    )
    note_change(Change.CREATE_ACCOUNT, "account", account, {}, actor=SYSTEM, now=now, name=person.name)
    # Rehearsals replay some weeks of work: the posts must have been held then, too.
    since = local(now).date().replace(month=1, day=1)
    since = since.replace(year=since.year - 1)
    give_post(person_id=person.pk, post=row["post"], unit_id=unit.pk, valid_from=since, actor=SYSTEM, now=now)
    return person


def _inspect(now: datetime) -> None:
    """Share the responsibility grids that nobody walks among the rehearsal inspectors, street by street."""
    postings = Posting.objects.filter(post=Post.INSPECTOR, person__rehearsal=True).order_by("pk")
    walkers = list(postings.values_list("person_id", "valid_from"))
    grids = Grid.objects.filter(kind=GridKind.RESPONSIBILITY, valid_until__isnull=True, duties__isnull=True)
    if not walkers:
        return
    GridDuty.objects.bulk_create(
        [
            GridDuty(
                grid=grid,
                inspector_id=walkers[index % len(walkers)][0],
                valid_from=walkers[index % len(walkers)][1],
                source="演练数据",
            )
            for index, grid in enumerate(grids.order_by("code"))
        ],
        batch_size=500,
    )

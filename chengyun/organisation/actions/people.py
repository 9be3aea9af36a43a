"""Members of staff."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.masking import mask_phone
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import apply, find, note_change, stop_at, text
from chengyun.organisation.models import Change, Person, Unit
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post

_PHONE = re.compile(r"\+?\d[\d -]{2,18}")


def _phone(value: str, faults: dict[str, str]) -> str:
    value = value.strip()
    if value and not _PHONE.fullmatch(value):
        faults["phone"] = _("电话只能由数字、空格和短横线组成，例如 13800000000 或 021-56120000。")
    return value


@writing()
def create_person(
    *, name: str, unit_id: int, phone: str = "", rehearsal: bool = False, actor: Actor, now: datetime
) -> Person:
    """Add a member of staff. The log keeps the phone masked. Raises Invalid, NotAllowed, NotThere."""
    require(actor, Post.ADMIN)
    faults: dict[str, str] = {}
    name = text("name", name, 60, faults)
    phone = _phone(phone, faults)
    stop_at(faults)
    unit = find(Unit, unit_id, _("单位"))
    person = Person.objects.create(name=name, unit=unit, phone=phone, rehearsal=rehearsal)
    said = {"name": [None, name], "unit": [None, unit.name], "phone": [None, mask_phone(phone)]}
    note_change(Change.CREATE_PERSON, "person", person, said, actor=actor, now=now)
    return person


@writing()
def change_person(
    person_id: int,
    *,
    name: str,
    unit_id: int,
    phone: str | None = None,
    active: bool = True,
    actor: Actor,
    now: datetime,
) -> Person:
    """Change name, unit, phone (None leaves it), or switch a person off: they may do nothing any more."""
    require(actor, Post.ADMIN)
    person = find(Person, person_id, _("人员"))
    faults: dict[str, str] = {}
    name = text("name", name, 60, faults)
    phone = person.phone if phone is None else _phone(phone, faults)
    stop_at(faults)
    find(Unit, unit_id, _("单位"))
    changed = apply(person, {"name": name, "unit_id": unit_id, "phone": phone, "active": active})
    if changed:
        said = {
            field: [mask_phone(pair[0]), mask_phone(pair[1])] if field == "phone" else pair
            for field, pair in changed.items()
        }
        note_change(Change.CHANGE_PERSON, "person", person, said, actor=actor, now=now)
    return person

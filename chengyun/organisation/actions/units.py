"""Making, changing and moving units."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.geography.models import Area
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import apply, find, note_change, stop_at, text
from chengyun.organisation.models import Change, Person, Unit, UnitKind
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post

_LONGEST_PATH = 200  # of the column


@writing()
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent_id: int | None = None,
    name_en: str = "",
    area_id: int | None = None,
    source: str = "",
    rehearsal: bool = False,
    actor: Actor,
    now: datetime,
) -> Unit:
    """Add a unit beneath ``parent_id`` (a root if None). Raises Invalid, NotAllowed, NotThere."""
    require(actor, Post.ADMIN)
    faults: dict[str, str] = {}
    code = text("code", code, 32, faults)
    name = text("name", name, 80, faults)
    name_en = text("name_en", name_en, 120, faults, required=False)
    source = text("source", source, 200, faults, required=False)
    if kind not in set(UnitKind):
        faults["kind"] = _("请选择单位类型。")
    if "code" not in faults and Unit.objects.filter(code=code).exists():
        faults["code"] = _("编码已被使用，请换一个。")
    stop_at(faults)
    parent = find(Unit, parent_id, _("上级单位")) if parent_id else None
    area = find(Area, area_id, _("区域")) if area_id else None
    unit = Unit.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        kind=kind,
        parent=parent,
        area=area,
        source=source,
        rehearsal=rehearsal,
    )
    _write_path(unit, parent)
    said = {"code": [None, code], "name": [None, name], "kind": [None, kind], "parent": [None, parent_id]}
    note_change(Change.CREATE_UNIT, "unit", unit, said, actor=actor, now=now)
    return unit


def _write_path(unit: Unit, parent: Unit | None) -> None:
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    if len(unit.path) > _LONGEST_PATH:
        raise Invalid({"parent": _("层级太深。")})
    unit.save(update_fields=["path"])


@writing()
def change_unit(
    unit_id: int,
    *,
    name: str,
    name_en: str = "",
    kind: str,
    area_id: int | None = None,
    source: str = "",
    active: bool = True,
    actor: Actor,
    now: datetime,
) -> Unit:
    """Change what a unit is called and whether it is in use. A unit with active people stays in use."""
    require(actor, Post.ADMIN)
    unit = find(Unit, unit_id, _("单位"))
    faults: dict[str, str] = {}
    name = text("name", name, 80, faults)
    name_en = text("name_en", name_en, 120, faults, required=False)
    source = text("source", source, 200, faults, required=False)
    if kind not in set(UnitKind):
        faults["kind"] = _("请选择单位类型。")
    if unit.active and not active and Person.objects.filter(unit=unit, active=True).exists():
        faults["active"] = _("该单位还有在岗人员，请先调走或停用人员。")
    stop_at(faults)
    if area_id:
        find(Area, area_id, _("区域"))
    wanted = {
        "name": name, "name_en": name_en, "kind": kind, "area_id": area_id, "source": source, "active": active
    }  # fmt: skip
    changed = apply(unit, wanted)
    if changed:
        note_change(Change.CHANGE_UNIT, "unit", unit, changed, actor=actor, now=now)
    return unit


@writing()
def move_unit(unit_id: int, *, parent_id: int | None, actor: Actor, now: datetime) -> Unit:
    """Hang a unit, with all beneath it, under another; raises Invalid if that one is beneath it itself."""
    require(actor, Post.ADMIN)
    unit = find(Unit, unit_id, _("单位"))
    parent = find(Unit, parent_id, _("上级单位")) if parent_id else None
    if parent is not None and parent.path.startswith(unit.path):
        raise Invalid({"parent": _("不能移到自己或自己的下级之下。")})
    if unit.parent_id == parent_id:
        return unit
    before, old_path = unit.parent_id, unit.path
    below = list(Unit.objects.beneath(unit).exclude(pk=unit.pk))
    unit.parent = parent
    unit.save(update_fields=["parent"])
    _write_path(unit, parent)
    for row in below:
        row.path = unit.path + row.path.removeprefix(old_path)
        if len(row.path) > _LONGEST_PATH:
            raise Invalid({"parent": _("层级太深。")})
    Unit.objects.bulk_update(below, ["path"], batch_size=500)
    note_change(Change.MOVE_UNIT, "unit", unit, {"parent": [before, parent_id]}, actor=actor, now=now)
    return unit

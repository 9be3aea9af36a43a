"""Who answers for a grid, and for a branch of a catalogue. A new rule ends the one before it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.geography.models import Area, Grid
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import find, note_change, stop_at, text
from chengyun.organisation.models import Change, ClassDuty, GridDuty, Person, Unit
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post

Duty = TypeVar("Duty", GridDuty, ClassDuty)


def _succeed(rows: QuerySet[Duty], valid_from: date) -> date | None:
    """End the rule that holds on ``valid_from`` the day before; return the last day before the next one.

    A rule that begins on the very same day gives way; the change log keeps it.
    """
    rows.filter(valid_from=valid_from).delete()
    earlier = rows.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    if earlier is not None and (earlier.valid_until is None or earlier.valid_until >= valid_from):
        earlier.valid_until = valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_until"])
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    return later.valid_from - timedelta(days=1) if later is not None else None


@writing()
def set_duty(
    *,
    grid_id: int,
    unit_id: int | None,
    inspector_id: int | None,
    valid_from: date,
    source: str = "",
    actor: Actor,
    now: datetime,
) -> GridDuty:
    """From a day on, this unit handles the grid and this inspector walks it."""
    require(actor, Post.ADMIN, Post.SHIFT_LEADER)
    grid = find(Grid, grid_id, _("网格"))
    unit = find(Unit, unit_id, _("单位")) if unit_id else None
    inspector = find(Person, inspector_id, _("人员")) if inspector_id else None
    if unit is None and inspector is None:
        raise Invalid({"unit": _("请至少填写责任单位或监督员。")})
    faults: dict[str, str] = {}
    source = text("source", source, 200, faults, required=False)
    stop_at(faults)
    valid_until = _succeed(GridDuty.objects.filter(grid=grid), valid_from)
    row = GridDuty.objects.create(
        grid=grid,
        unit=unit,
        inspector=inspector,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    said: dict[str, Any] = {
        "unit": [None, unit and unit.name],
        "inspector": [None, inspector and inspector.name],
        "valid_from": [None, valid_from],
    }
    note_change(Change.SET_DUTY, "grid_duty", row, said, actor=actor, now=now, name=str(grid))
    return row


@writing()
def set_class_duty(
    *,
    catalogue: str,
    branch: str,
    unit_id: int,
    valid_from: date,
    area_id: int | None = None,
    basis: str = "",
    actor: Actor,
    now: datetime,
) -> ClassDuty:
    """From a day on, this unit answers for a branch of a catalogue, in one area or in the whole district."""
    require(actor, Post.ADMIN, Post.SHIFT_LEADER)
    faults: dict[str, str] = {}
    catalogue = text("catalogue", catalogue, 40, faults)
    branch = text("branch", branch, 20, faults, required=False)
    basis = text("basis", basis, 300, faults, required=False)
    stop_at(faults)
    unit = find(Unit, unit_id, _("单位"))
    area = find(Area, area_id, _("区域")) if area_id else None
    same = ClassDuty.objects.filter(catalogue=catalogue, branch=branch, area=area)
    valid_until = _succeed(same, valid_from)
    row = ClassDuty.objects.create(
        catalogue=catalogue,
        branch=branch,
        unit=unit,
        area=area,
        basis=basis,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    said = {"unit": [None, unit.name], "valid_from": [None, valid_from], "area": [None, area and area.name]}
    note_change(
        Change.SET_CLASS_DUTY, "class_duty", row, said, actor=actor, now=now, name=f"{catalogue}/{branch}"
    )
    return row

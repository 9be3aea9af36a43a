"""The row of the change log that goes with every change, and finding what is to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.organisation.models import Change, ChangeLog
from chengyun.organisation.version import bump

Row = TypeVar("Row", bound=models.Model)


def note_change(
    verb: Change,
    subject: str,
    row: models.Model,
    said: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    name: str = "",
) -> None:
    """Write who changed what, and let all caches know. ``said``: field -> [before, after]."""
    ChangeLog.objects.create(
        at=now,
        by_id=actor.person_id,
        by_name=actor.name,
        address=actor.address,
        verb=verb,
        subject=subject,
        subject_id=row.pk,
        subject_name=(name or str(row))[:120],
        said={field: _plain(value) for field, value in said.items()},
    )
    bump()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def find(model: type[Row], pk: int | None, what: str) -> Row:
    """The row, or NotThere naming what was looked for."""
    row = model._default_manager.filter(pk=pk).first() if pk is not None else None
    if row is None:
        raise NotThere(_("没有这个%(what)s。") % {"what": what})
    return row


def apply(row: models.Model, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the fields that differ and save them; returns field -> [before, after] of those."""
    changed = {
        field: [getattr(row, field), value] for field, value in wanted.items() if getattr(row, field) != value
    }
    for field, (_before, after) in changed.items():
        setattr(row, field, after)
    if changed:
        row.save(update_fields=list(changed))
    return changed


def text(field: str, value: str, longest: int, faults: dict[str, str], *, required: bool = True) -> str:
    """Strip a text and note a fault if it is missing or too long."""
    value = value.strip()
    if required and not value:
        faults[field] = _("请填写此项。")
    elif len(value) > longest:
        faults[field] = _("太长：最多 %(longest)s 个字。") % {"longest": longest}
    elif "\x00" in value:
        faults[field] = _("含有不可用的字符。")
    return value


def stop_at(faults: Mapping[str, str]) -> None:
    """Raise Invalid if anything is wrong."""
    if faults:
        raise Invalid(faults)

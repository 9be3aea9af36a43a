"""What every change of a form goes through: may it be, is it the version that was seen, write it down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, DeclarationEvent
from chengyun.budget.performance.policies import EDITING
from chengyun.budget.performance.words import Deed, FormState, Variant
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere, Refused, Stale
from chengyun.organisation.policies import require


def find(declaration_id: int, *, actor: Actor) -> Declaration:
    """The form for writing. Raises ``NotAllowed`` or ``NotThere``."""
    require(actor, *EDITING)
    found = Declaration.objects.seen_by(actor).filter(pk=declaration_id).first()
    if found is None:
        raise NotThere(_("没有这份申报表。"))
    return found


def open_for_change(declaration_id: int, *, seen: int, actor: Actor) -> Declaration:
    """A form that may still be changed, as it was seen. Raises ``Refused`` or ``Stale``, too."""
    form = find(declaration_id, actor=actor)
    if form.variant == Variant.PUBLISHED:
        raise Refused(_("公开稿按原文保存，不能修改。请在执行稿上改。"))
    if form.state != FormState.DRAFT:
        raise Refused(_("申报表已申报，要修改请先退回。"))
    take_turn(form, seen)
    return form


def take_turn(form: Declaration, seen: int) -> None:
    """Count the version up, if it is still the one that was seen."""
    moved = Declaration.objects.filter(pk=form.pk, version=seen).update(version=seen + 1)
    if not moved:
        last = form.events.first()
        who = last.by_name if last else _("别人")
        raise Stale(_("%(who)s刚刚改过这份申报表，请刷新后再改。") % {"who": who})
    form.version = seen + 1


def write_down(
    form: Declaration,
    deed: Deed,
    *,
    actor: Actor,
    now: datetime,
    name: str = "",
    said: Mapping[str, Any] = {},
) -> None:
    """Append what was done."""
    DeclarationEvent.objects.create(
        declaration=form,
        at=now,
        by_name=actor.name,
        deed=deed,
        name=name,
        said={field: [_plain(one) for one in pair] for field, pair in said.items()},
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)


def put(row: Any, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the columns that differ; returns field → [before, after]."""
    changed = {
        name: [getattr(row, name), value] for name, value in wanted.items() if getattr(row, name) != value
    }
    if changed:
        for name, (_before, after) in changed.items():
            setattr(row, name, after)
        row.save(update_fields=list(changed))
    return changed

"""Targets of a form: added, changed, dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, SchemeClass, Target
from chengyun.budget.performance.actions.recording import open_for_change, put, write_down
from chengyun.budget.performance.validation import shape_of
from chengyun.budget.performance.words import Comparator, Deed, Every, Gathering, Kind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.measures import measure
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text

COLUMNS = (
    "name", "definition", "kind", "comparator", "value", "upper", "moment", "unit", "every", "gathering", "weight",
    "baseline", "money", "evidence_rule", "measure", "lag_days",
)  # fmt: skip


def add_target(declaration_id: int, *, seen: int, actor: Actor, now: datetime, **said: Any) -> Target:
    """Add a target. Raises ``NotAllowed``, ``NotThere``, ``Refused``, ``Stale``, ``Invalid``."""
    with writing():
        form = open_for_change(declaration_id, seen=seen, actor=actor)
        wanted = _checked(form, said)
        last = form.targets.aggregate(last=Max("position"))["last"] or 0
        target = Target.objects.create(declaration=form, position=last + 1, **wanted)
        write_down(form, Deed.ADD_TARGET, actor=actor, now=now, name=target.name)
    return target


def change_target(target_id: int, *, seen: int, actor: Actor, now: datetime, **said: Any) -> Target:
    """Change a target. What was measured for it stays."""
    with writing():
        target = _find(target_id)
        form = open_for_change(target.declaration_id, seen=seen, actor=actor)
        changed = put(target, _checked(form, said, beside=target.pk))
        write_down(form, Deed.CHANGE_TARGET, actor=actor, now=now, name=target.name, said=changed)
    return target


def drop_target(target_id: int, *, seen: int, actor: Actor, now: datetime) -> Target:
    """Take a target out of the form."""
    with writing():
        target = _find(target_id)
        form = open_for_change(target.declaration_id, seen=seen, actor=actor)
        put(target, {"dropped_at": now})
        write_down(form, Deed.DROP_TARGET, actor=actor, now=now, name=target.name)
    return target


def _find(target_id: int) -> Target:
    found = Target.objects.filter(pk=target_id, dropped_at=None).first()
    if found is None:
        raise NotThere(_("没有这项指标。"))
    return found


def _checked(form: Declaration, said: dict[str, Any], beside: int | None = None) -> dict[str, Any]:
    faults: dict[str, str] = {}
    wanted = {name: said.get(name) for name in COLUMNS}
    for name, most, required in (
        ("name", 80, True), ("definition", 400, False), ("unit", 20, False), ("baseline", 60, False),
        ("evidence_rule", 200, False), ("measure", 60, False),
    ):  # fmt: skip
        wanted[name] = text(name, said.get(name) or "", most, faults, required=required)
    for name, words in (
        ("kind", Kind),
        ("comparator", Comparator),
        ("every", Every),
        ("gathering", Gathering),
    ):
        wanted[name] = said.get(name) or ""
        if wanted[name] and wanted[name] not in set(words):
            faults[name] = _("请从列出的值中选。")
    wanted["lag_days"] = said.get("lag_days") or 0
    place = SchemeClass.objects.filter(scheme=form.scheme_id, pk=said.get("scheme_class_id") or 0).first()
    if place is None:
        faults["scheme_class_id"] = _("请从列出的指标类别中选。")
    twice = form.targets.filter(name=wanted["name"], dropped_at=None).exclude(pk=beside or 0)
    if wanted["name"] and twice.exists():
        faults["name"] = _("已有同名的指标。")
    if wanted["measure"] and measure(wanted["measure"]) is None:
        kept = Target.objects.filter(pk=beside or 0, measure=wanted["measure"]).exists()
        if not kept:
            faults["measure"] = _("平台目前没有这项数据。")
    if not faults and place is not None:
        faults |= shape_of(Target(declaration=form, scheme_class=place, **wanted))
    stop_at(faults)
    assert place is not None
    return {**wanted, "scheme_class": place}

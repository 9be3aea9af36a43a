"""双监控: a snapshot of attainment and execution against time, kept as it was."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, Snapshot
from chengyun.budget.performance.lights import (
    Reason,
    attainment_light,
    attainment_of,
    execution_light,
    time_share,
)
from chengyun.budget.performance.money import money_of
from chengyun.budget.performance.periods import last_day, year_so_far
from chengyun.budget.performance.policies import EDITING
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.standing import Standing, standings
from chengyun.budget.performance.words import Light
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.errors import NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.policies import require

_FINE = Decimal("0.0001")


def take_snapshot(declaration_id: int, year: int, *, actor: Actor, now: datetime) -> Snapshot:
    """Hold what was measured and spent against the share of the year that has passed, and keep it with its reasons.

    Uses the newest measurements; measure first for fresh ones. Raises ``NotAllowed``, ``NotThere``, ``Refused``.
    """
    require(actor, *EDITING)
    form = Declaration.objects.seen_by(actor).filter(pk=declaration_id).first()
    if form is None:
        raise NotThere(_("没有这份申报表。"))
    span = year_so_far(year, now)
    if span is None:
        raise Refused(_("%(year)s 年还没有过完一天，不能监控。") % {"year": year})
    begin, day = span[0].date(), last_day(span[1])
    limits = thresholds_on(day)
    found = standings(form, year, limits)
    time = time_share(begin, begin.replace(month=12, day=31), day)
    money = money_of(form, actor=SYSTEM, year=year)
    spent = money.spent_by(day, year)
    rate = (
        (spent / money.budget).quantize(_FINE, ROUND_HALF_UP) if spent is not None and money.budget else None
    )
    light, why = execution_light(rate, time, limits)
    parts = [one.part for one in found]
    attained, known, whole = attainment_of(parts)
    reasons = [why.said()] if why else []
    reasons += [reason.said() for one in found for reason in _reasons(one)]
    with writing():
        return Snapshot.objects.create(
            declaration=form, day=day, at=now, by_name=actor.name, time_share=time, budgeted=money.budget,
            spent=spent, execution=rate, attainment=attained, measured_weight=known, whole_weight=whole,
            execution_light=light, attainment_light=attainment_light(parts, limits), reasons=reasons,
            parts=[_said(one) for one in found], thresholds=limits.said(),
        )  # fmt: skip


def _reasons(one: Standing) -> list[Reason]:
    if one.light is Light.GREEN:
        return []
    if one.on_course is None:
        return [Reason("no_data", "", one.target.name)]
    return [Reason("short", f"{one.on_course * 100:.1f}", one.target.name)]


def _said(one: Standing) -> dict[str, object]:
    row = one.measurement
    return {
        "target": one.target.pk,
        "name": one.target.name,
        "weight": str(one.target.weight or 0),
        "measurement": row.pk if row else None,
        "value": str(row.value) if row and row.value is not None else None,
        "on_course": str(one.on_course) if one.on_course is not None else None,
        "light": one.light.value,
    }

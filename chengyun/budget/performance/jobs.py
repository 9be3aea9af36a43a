"""What this part does by the clock: months that have ended are measured, and a snapshot is taken of each form."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.budget.models import Declaration, Measurement, Target
from chengyun.budget.performance import actions
from chengyun.budget.performance.periods import Span, midnight, periods_of
from chengyun.budget.performance.words import Every, FormState, How
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local
from chengyun.kernel.measures import measure

_LOOK_BACK = timedelta(days=100)  # what ended longer ago is measured by hand


def watch_targets(*, now: datetime) -> int:
    """Measure declared forms of this year and the last: ended periods once, and every month the year so far.

    Safe to run twice: a period that has its row is left alone. Returns how many rows were made.
    """
    year = local(now).year
    forms = Declaration.objects.filter(state=FormState.DECLARED, fiscal_year__in=(year, year - 1))
    return sum(_watch(form, now) for form in forms)


def _watch(form: Declaration, now: datetime) -> int:
    made = 0
    for target in form.targets.filter(dropped_at=None).exclude(measure=""):
        if measure(target.measure) is None:
            continue
        for begin, end in _due(target, form.fiscal_year, now):
            actions.measure_target(target.pk, begin, end, actor=SYSTEM, now=now)
            made += 1
    months = [end for _begin, end in periods_of(form.fiscal_year, Every.MONTH) if end <= now]
    last = midnight(form.snapshots.first().day) if form.snapshots.exists() else None  # type: ignore[union-attr]
    if months and now - months[-1] < _LOOK_BACK and (last is None or last + timedelta(days=1) < months[-1]):
        rows, _without = actions.measure_declaration(form.pk, form.fiscal_year, actor=SYSTEM, now=now)
        actions.take_snapshot(form.pk, form.fiscal_year, actor=SYSTEM, now=now)
        made += len(rows)
    return made


def _due(target: Target, year: int, now: datetime) -> list[Span]:
    """Ended periods whose data are whole by now and that have no row yet."""
    lag = timedelta(days=target.lag_days)
    spans = [
        (begin, end)
        for begin, end in periods_of(year, target.every or Every.YEAR)
        if end + lag <= now < end + lag + _LOOK_BACK
    ]
    known = set(Measurement.objects.filter(target=target, how=How.LIVE).values_list("begin", "end"))
    return [span for span in spans if span not in known]

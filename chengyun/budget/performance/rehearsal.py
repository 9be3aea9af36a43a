"""In a rehearsal district the shipped forms are filled with what the rehearsal year measures."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengyun.budget.models import Declaration
from chengyun.budget.performance.actions import measure_declaration, take_snapshot
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local


def measure_rehearsal(*, now: datetime) -> int:
    """Measure every form for the year that the rehearsal lies in; returns how many values came of it.

    What the rehearsal has no data for stays a gap. Each row says that it was measured from rehearsal data.
    """
    year = local(now - timedelta(days=1)).year
    found = 0
    for form in Declaration.objects.order_by("pk"):
        rows, _without = measure_declaration(form.pk, year, actor=SYSTEM, now=now)
        take_snapshot(form.pk, year, actor=SYSTEM, now=now)
        found += sum(1 for row in rows if row.value is not None)
    return found

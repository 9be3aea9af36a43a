"""Dated numbers of this part: set from a day on, never rewritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.models import PerformanceRow
from chengyun.budget.performance.policies import EDITING
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require
from chengyun.worktime.limits import Provenance


def set_row(
    row_id: int,
    *,
    value: Decimal,
    valid_from: date,
    source: str,
    provenance: str,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> PerformanceRow:
    """Let a number be another one from a day on; what was before is kept. Raises ``NotAllowed``, ``Invalid``."""
    require(actor, *EDITING)
    faults: dict[str, str] = {}
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    if not 0 <= value <= 1000:
        faults["value"] = _("请填 0 到 1000 的数。")
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后的日子起改，已作的评判按当时的数。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    stop_at(faults)
    with writing():
        row = PerformanceRow.objects.filter(pk=row_id).first()
        if row is None:
            raise NotThere(_("没有这一行。"))
        same = PerformanceRow.objects.filter(kind=row.kind, name=row.name)
        same.filter(valid_from__lt=valid_from, valid_until=None).update(
            valid_until=valid_from - timedelta(days=1)
        )
        made, _new = PerformanceRow.objects.update_or_create(
            kind=row.kind,
            name=row.name,
            valid_from=valid_from,
            defaults={
                "text": row.text, "position": row.position, "value": value, "source": source,
                "provenance": provenance, "note": note, "valid_until": None,
            },
        )  # fmt: skip
    return made

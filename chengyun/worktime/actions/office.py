"""Office hours, and what 工作日 means."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.worktime import models
from chengyun.worktime.actions.log import changing, note, said
from chengyun.worktime.hours import OfficeHours, StartDay, WorkdayEnd
from chengyun.worktime.limits import Provenance
from chengyun.worktime.policies import check_edit
from chengyun.worktime.units import DAY, SECOND

MOST_PERIODS = 2


def set_office_hours(
    hours: OfficeHours,
    *,
    valid_from: date,
    source: str,
    provenance: Provenance = Provenance.PRIMARY,
    why: str,
    actor: Actor,
    now: datetime,
) -> models.OfficeHours:
    """Set the centre's office hours from a date on: one period, or a morning and an afternoon.

    A row of the same date is corrected. Open deadlines are recomputed after the commit.
    """
    check_edit(actor)
    said(source=source, why=why)
    if len(hours.periods) > MOST_PERIODS:
        raise Invalid({"hours": _("办公时间最多分上午、下午两段。")})
    if hours.closing == DAY:
        raise Invalid({"hours": _("下班时间最晚为 23:59:59。")})
    times = [_time(edge) for period in hours.periods for edge in period]
    names = ("morning_start", "morning_end", "afternoon_start", "afternoon_end")
    values = dict(zip(names, [*times, None, None], strict=False))
    with changing():
        row, _created = models.OfficeHours.objects.update_or_create(
            place=models.CENTRE,
            valid_from=valid_from,
            defaults={**values, "source": source.strip(), "provenance": provenance, "noted_at": now},
        )
        note(f"自 {valid_from} 起办公时间为 {hours}", why, actor=actor, now=now, moves_deadlines=True)
    return row


def _time(edge: int) -> time:
    minutes, seconds = divmod(edge // SECOND, 60)
    return time(minutes // 60, minutes % 60, seconds)


def set_unit_meaning(
    *,
    valid_from: date,
    workday_end: WorkdayEnd,
    start_day: StartDay,
    source: str,
    provenance: Provenance = Provenance.PRIMARY,
    why: str,
    actor: Actor,
    now: datetime,
) -> models.UnitMeaning:
    """Choose what 工作日 means for clocks that start from a date on; a row of the same date is corrected."""
    check_edit(actor)
    said(source=source, why=why)
    with changing():
        row, _created = models.UnitMeaning.objects.update_or_create(
            valid_from=valid_from,
            defaults={
                "workday_end": workday_end,
                "start_day": start_day,
                "source": source.strip(),
                "provenance": provenance,
                "noted_at": now,
            },
        )
        what = f"自 {valid_from} 起工作日的含义：{workday_end.zh}到期，{start_day.zh}"
        note(what, why, actor=actor, now=now, moves_deadlines=True)
    return row

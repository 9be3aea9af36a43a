"""What is left on a clock, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengyun.kernel.clock import local
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.units import DAY, OFFICE_UNITS, SECOND

MINUTE_SECONDS = 60
HOUR_SECONDS = 3600


def phrase(
    calendar: WorkCalendar, now: datetime, due: datetime, unit: str, *, paused: float | None = None
) -> str:
    """Say what is left: "还剩 1 个工作日 2 小时", "超时 3 小时", "已暂停，还剩 40 分钟".

    ``paused`` is the seconds left when the clock was paused (its own counting); None for a running clock.
    Office days are as long as the office hours of today.
    """
    office = unit in OFFICE_UNITS
    day = (calendar.office_hours(local(now).date()).length if office else DAY) // SECOND
    seconds = calendar.remaining(now, due, unit) if paused is None else paused
    if paused is not None:
        return _("已暂停，%(left)s") % {"left": _left(seconds, day, office, seconds < 0)}
    return _left(seconds, day, office, now > due)


def span(seconds: float, day: int, *, office: bool) -> str:
    """A length of time in its two largest parts; ``day`` is the seconds that one day counts."""
    whole = int(seconds)
    days, rest = divmod(whole, day)
    hours, minutes = rest // HOUR_SECONDS, rest % HOUR_SECONDS // MINUTE_SECONDS
    parts = []
    if days and office:
        parts.append(ngettext("%(count)d 个工作日", "%(count)d 个工作日", days) % {"count": days})
    elif days:
        parts.append(ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days})
    if hours:
        parts.append(ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours})
    if minutes and not days:
        parts.append(ngettext("%(count)d 分钟", "%(count)d 分钟", minutes) % {"count": minutes})
    return " ".join(parts) or _("不足 1 分钟")


def _left(seconds: float, day: int, office: bool, overdue: bool) -> str:
    if overdue and seconds > -MINUTE_SECONDS:
        return _("已超时")
    if overdue:
        return _("超时 %(span)s") % {"span": span(-seconds, day, office=office)}
    return _("还剩 %(span)s") % {"span": span(seconds, day, office=office)}

"""Deadlines in a year that has no official table: said on the screen, and in the log once a year."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.clock import local
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.units import OFFICE_UNITS

_log = logging.getLogger(__name__)
_logged: set[int] = set()


def year_without_table(calendar: WorkCalendar, due: datetime, unit: str) -> int | None:
    """The year of a deadline, if it counts working time and that year has no official table."""
    if unit not in OFFICE_UNITS:
        return None
    year = local(due).year
    return None if year in calendar.official_years else year


def warning(calendar: WorkCalendar, due: datetime, unit: str) -> str:
    """The sentence to show beside such a deadline; "" for every other one."""
    year = year_without_table(calendar, due, unit)
    if year is None:
        return ""
    return _("%(year)d 年还没有官方放假安排，安排发布后这个时限会重算。") % {"year": year}


def log_once(calendar: WorkCalendar, due: datetime, unit: str) -> None:
    """Write to the log that deadlines fall in such a year, once for each year and process."""
    year = year_without_table(calendar, due, unit)
    if year is not None and year not in _logged:
        _logged.add(year)
        _log.warning("deadlines fall in %d, which has no official holiday table yet", year)

"""Every write of the calendar, office hours and limits; each is logged with who, when, what and why."""

from chengyun.worktime.actions.days import Imported, NamedDay, import_calendar, publish_year, set_day
from chengyun.worktime.actions.limits import LimitKey, end_limit, set_limit
from chengyun.worktime.actions.log import recompute_again
from chengyun.worktime.actions.office import set_office_hours, set_unit_meaning

__all__ = [
    "Imported",
    "LimitKey",
    "NamedDay",
    "end_limit",
    "import_calendar",
    "publish_year",
    "recompute_again",
    "set_day",
    "set_limit",
    "set_office_hours",
    "set_unit_meaning",
]

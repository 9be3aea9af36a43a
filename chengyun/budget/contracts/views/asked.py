"""What the address of a page asks for."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from chengyun.budget.contracts.months import month_of
from chengyun.kernel.errors import NotThere
from chengyun.organisation.requests import StaffRequest


def year_asked(request: StaffRequest, today: date) -> int:
    """``?year=2026``, else this year. Raises ``NotThere`` for anything else."""
    said = request.GET.get("year", "")
    if said and not re.fullmatch(r"20\d\d", said):
        raise NotThere(_("没有这个年度，请写成 2026 的样子。"))
    return int(said) if said else today.year


def month_asked(text: str) -> date:
    """A month in an address. Raises ``NotThere``."""
    month = month_of(text)
    if month is None:
        raise NotThere(_("没有这个月份，请写成 2026-11 的样子。"))
    return month

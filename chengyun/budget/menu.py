"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.budget.review.policies import READING as REVIEWING
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("核对预算"), "budget:reviews", "report-search", REVIEWING, 60, "insight"),
)

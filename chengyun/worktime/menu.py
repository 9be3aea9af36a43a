"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("工作日历"), "worktime:calendar", "calendar", (), 50, "reference"),
    Entry(_("办理时限"), "worktime:limits", "clock", (), 60, "reference"),
)

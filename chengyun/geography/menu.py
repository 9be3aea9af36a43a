"""This room's line in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (Entry(_("区域与网格"), "geography:areas", "map", order=20, group="reference"),)

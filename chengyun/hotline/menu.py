"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.hotline.policies import IMPORTING, REGISTERING
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("登记工单"), "hotline:register", "headset", REGISTERING, 30),
    Entry(_("导入工单"), "hotline:import", "database-import", IMPORTING, 90),
)

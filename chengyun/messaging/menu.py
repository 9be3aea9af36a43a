"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.messaging.policies import COUNTING, READERS
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("短信"), "messaging:messages", "message", READERS, 70, "reference"),
    Entry(_("短信用量"), "messaging:usage", "coins", COUNTING, 75, "reference"),
)

"""This room's lines in the rail."""

from __future__ import annotations

from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = ()

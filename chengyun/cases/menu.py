"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.organisation.posts import Post
from chengyun.ui.menu import Entry

_READERS = (Post.ADMIN, Post.SHIFT_LEADER, Post.DISPATCHER, Post.SUPERVISION, Post.ASSESSOR, Post.LEADER)

ENTRIES: tuple[Entry, ...] = (
    Entry(_("目录"), "cases:catalogues", "files", (), 50, "reference"),
    Entry(_("流程图"), "cases:processes", "route", (), 55, "reference"),
    Entry(_("流程参数"), "cases:rules", "adjustments", _READERS, 60, "reference"),
    Entry(_("用语"), "cases:labels", "language", (Post.ADMIN, Post.SHIFT_LEADER), 65, "reference"),
)

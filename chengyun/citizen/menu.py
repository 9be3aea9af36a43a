"""This room's line in the rail: what the centre decides about the public's pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.organisation.posts import Post
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        _("市民网页"),
        "citizen:settings",
        "world",
        (Post.ADMIN, Post.SHIFT_LEADER),
        order=60,
        group="reference",
    ),
)

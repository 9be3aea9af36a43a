"""Who may do what in this part."""

from __future__ import annotations

from chengyun.hotline.policies import require
from chengyun.organisation.posts import CENTRE, Post

AUDITING = (Post.SHIFT_LEADER, Post.DISPATCHER)
CALLING = (Post.CALLBACK, Post.SHIFT_LEADER)
IMPORTING_CITY = (Post.CALLBACK, Post.SHIFT_LEADER, Post.ADMIN)
SETTING = (Post.ADMIN,)
DRAFTING = (Post.UNIT, Post.SHIFT_LEADER, Post.ADMIN)
READING_DRAFTS = (*DRAFTING, Post.HANDLER, Post.DISPATCHER)
READING_RATES = (*sorted(CENTRE), Post.UNIT)  # a unit reads its own orders' rates, for reads begin at seen_by

__all__ = [
    "AUDITING",
    "CALLING",
    "DRAFTING",
    "IMPORTING_CITY",
    "READING_DRAFTS",
    "READING_RATES",
    "SETTING",
    "require",
]

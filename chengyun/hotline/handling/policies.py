"""Who may do what in this part."""

from __future__ import annotations

from chengyun.hotline.policies import require
from chengyun.organisation.posts import Post

AUDITING = (Post.SHIFT_LEADER, Post.DISPATCHER)
CALLING = (Post.CALLBACK, Post.SHIFT_LEADER)
IMPORTING_CITY = (Post.CALLBACK, Post.SHIFT_LEADER, Post.ADMIN)
SETTING = (Post.ADMIN,)
DRAFTING = (Post.UNIT, Post.SHIFT_LEADER, Post.ADMIN)
READING_DRAFTS = (*DRAFTING, Post.HANDLER, Post.DISPATCHER)

__all__ = ["AUDITING", "CALLING", "DRAFTING", "IMPORTING_CITY", "READING_DRAFTS", "SETTING", "require"]

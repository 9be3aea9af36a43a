"""Who may: the budget clerk writes; leaders and auditors read; leaders sign, too."""

from __future__ import annotations

from chengyun.organisation.posts import Post

READING = (Post.BUDGET, Post.LEADER, Post.AUDITOR)
WRITING = (Post.BUDGET,)
SIGNING = (Post.BUDGET, Post.LEADER)

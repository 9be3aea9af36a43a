"""Who may: the budget clerk prepares and publishes; leaders and auditors look on; what is published all may read."""

from __future__ import annotations

from chengyun.organisation.posts import Post

READING = (Post.BUDGET, Post.LEADER, Post.AUDITOR)
PUBLISHING = (Post.BUDGET,)

"""Who sees the exchange, and who lets partners in."""

from __future__ import annotations

from chengyun.organisation.posts import Post

SEEING = (Post.SHIFT_LEADER, Post.SUPERVISION, Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR)
MANAGING = (Post.SECURITY_ADMIN,)  # keys are handed out by who hands out the other tokens
TALKING = (Post.INTAKE, Post.SHIFT_LEADER)

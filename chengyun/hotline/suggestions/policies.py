"""Who may read and change what suggestions rest on, and who is suggested to."""

from __future__ import annotations

from chengyun.organisation.posts import Post

SUGGESTED_TO = (Post.INTAKE, Post.SHIFT_LEADER, Post.DISPATCHER)
READING_CATALOGUE = (Post.DISPATCHER, Post.SHIFT_LEADER, Post.ADMIN, Post.INTAKE)
WRITING_CATALOGUE = (Post.DISPATCHER, Post.SHIFT_LEADER, Post.ADMIN)

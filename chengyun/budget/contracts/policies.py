"""Who may: the budget clerk edits, leaders and auditors read."""

from __future__ import annotations

from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post

EDITING = (Post.BUDGET,)
READING = (Post.BUDGET, Post.LEADER, Post.AUDITOR)


def may_read(actor: Actor | None) -> bool:
    """Whether this person may see contracts and bills."""
    return actor is not None and actor.holds(*READING)


def may_edit(actor: Actor | None) -> bool:
    """Whether this person may write them."""
    return actor is not None and actor.holds(*EDITING)

"""Who may: pure predicates."""

from __future__ import annotations

from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post

# Read the log, masked: the posts that speak with callers, and the administrator who looks after the gateways.
READERS = (
    Post.ADMIN,
    Post.SHIFT_LEADER,
    Post.INTAKE,
    Post.DISPATCHER,
    Post.CALLBACK,
    Post.SUPERVISION,
    Post.AUDITOR,
)
# See a number in full, with a reason: the same posts that may see a caller. An administrator may not.
REVEALING = (Post.INTAKE, Post.SHIFT_LEADER, Post.DISPATCHER, Post.CALLBACK, Post.SUPERVISION)
# See what it costs.
COUNTING = (Post.ADMIN, Post.SHIFT_LEADER, Post.LEADER, Post.BUDGET, Post.AUDITOR)
# Told by text message, too, when the package nears its end.
WARNED = (Post.BUDGET, Post.ADMIN)
# End an opt-out or note one on a caller's word.
OPTING = (Post.ADMIN, Post.SHIFT_LEADER, Post.CALLBACK, Post.INTAKE)


def may_read(actor: Actor | None) -> bool:
    """Whether this person may read the log, masked."""
    return actor is not None and actor.holds(*READERS)


def may_reveal(actor: Actor) -> bool:
    """Whether this person may see a number in full, giving a reason. The system never needs to."""
    return not actor.system and actor.person_id is not None and actor.holds(*REVEALING)

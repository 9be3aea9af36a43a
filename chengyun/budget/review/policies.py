"""Who may: the budget clerk checks and settles; leaders and auditors read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post

CHECKING = (Post.BUDGET,)
READING = (Post.BUDGET, Post.LEADER, Post.AUDITOR)


def may_read(actor: Actor | None) -> bool:
    """Whether this person may read reports."""
    return actor is not None and actor.holds(*READING)


def may_check(actor: Actor | None) -> bool:
    """Whether this person may hand documents in, settle findings and make corrected copies."""
    return actor is not None and not actor.system and actor.holds(*CHECKING)


def require_checking(actor: Actor) -> None:
    """Raise ``NotAllowed`` unless the actor may check."""
    if not may_check(actor):
        names = _("、").join(post.label for post in CHECKING)
        raise NotAllowed(_("此操作需要岗位：%(posts)s。") % {"posts": names})

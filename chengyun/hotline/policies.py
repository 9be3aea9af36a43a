"""Who may take orders in, one by one and from files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post

REGISTERING = (Post.INTAKE, Post.SHIFT_LEADER)
IMPORTING = (Post.SHIFT_LEADER, Post.ADMIN)
DECIDING = (Post.INTAKE, Post.SHIFT_LEADER, Post.DISPATCHER, Post.ADMIN)  # who reads the decision table


def require(actor: Actor, posts: tuple[Post, ...]) -> None:
    """Raise ``NotAllowed`` unless one of the posts is held."""
    if not actor.holds(*posts):
        names = _("、").join(post.label for post in posts)
        raise NotAllowed(_("此操作需要岗位：%(posts)s。") % {"posts": names})

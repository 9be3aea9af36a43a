"""Who may change what in the organisation. The three administrators are separate (三员分立)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post


def require(actor: Actor, *posts: Post) -> None:
    """Raise NotAllowed unless one of the posts is held."""
    if not actor.holds(*posts):
        names = _("、").join(post.label for post in posts)
        raise NotAllowed(_("此操作需要岗位：%(posts)s。") % {"posts": names})


def require_another(actor: Actor, person_id: int) -> None:
    """Raise NotAllowed if an administrator works on themselves: nobody grants or resets their own."""
    if not actor.system and actor.person_id == person_id:
        raise NotAllowed(_("不能对自己做此操作，请由另一位安全管理员办理。"))

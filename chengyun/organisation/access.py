"""Who may open a page: every view of the product carries one of these three marks.

- ``@open_to_all``: no log-in (public pages, and doors that check for themselves);
- ``@staff``: anybody who is logged in;
- ``@needs(Post.AUDITOR)``: holders of one of the posts.

The mark is kept in ``view.policy``, so that a test can walk the addresses and find an unmarked one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def open_to_all(view: View) -> View:
    """Let everybody in."""
    view.login_required = False  # type: ignore[attr-defined]  # Django's own mark
    view.policy = "open"  # type: ignore[attr-defined]
    return view


def staff(view: View) -> View:
    """Let in whoever is logged in; the middleware sees to it."""
    view.policy = "staff"  # type: ignore[attr-defined]
    return view


def needs(*posts: Post) -> Callable[[View], View]:
    """Let in holders of any of these posts; others get a page that says which post it takes."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
            if not request.actor.holds(*posts):
                names = _("、").join(post.label for post in posts)
                raise NotAllowed(_("此页需要岗位：%(posts)s。") % {"posts": names})
            return view(request, *args, **said)

        guarded.policy = tuple(posts)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark

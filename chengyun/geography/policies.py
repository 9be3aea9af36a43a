"""Who may look: everybody at work, for nothing of this room is personal; administrators take files in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from chengyun.kernel.errors import NotAllowed

ADMINISTRATOR = "admin"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def staff(view: View) -> View:
    """Let in whoever is at work. The mark ``policy`` is what the house test looks for."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            raise NotAllowed(_("请先登录。"))
        return view(request, *args, **said)

    guarded.policy = "staff"  # type: ignore[attr-defined]
    return cast(View, guarded)


def administrators(view: View) -> View:
    """Let in administrators. Posts are of a higher room; here they are words."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        if actor is None or not actor.holds(ADMINISTRATOR):
            raise NotAllowed(_("此页需要岗位：%(posts)s。") % {"posts": _("系统管理员")})
        return view(request, *args, **said)

    guarded.policy = (ADMINISTRATOR,)  # type: ignore[attr-defined]
    return cast(View, guarded)

"""Who may: everybody at work may read the calendar and the limits, an administrator may change them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed

ADMIN = "admin"  # the post's code; the room that owns posts stands above this one


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def staff(view: View) -> View:
    """Let in whoever is at work. The mark ``policy`` tells who may open an address."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            raise NotAllowed(_("请先登录。"))
        return view(request, *args, **said)

    guarded.policy = "staff"  # type: ignore[attr-defined]
    return cast(View, guarded)


def admin(view: View) -> View:
    """Let in administrators only."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            raise NotAllowed(_("请先登录。"))
        check_edit(request.actor)
        return view(request, *args, **said)

    guarded.policy = (ADMIN,)  # type: ignore[attr-defined]
    return cast(View, guarded)


def may_edit(actor: Actor) -> bool:
    """Tell whether this person may change the calendar and the limits."""
    return actor.holds(ADMIN)


def check_edit(actor: Actor) -> None:
    """Raise NotAllowed unless this person may change the calendar and the limits."""
    if not may_edit(actor):
        raise NotAllowed(_("工作日历和时限只能由系统管理员修改。"))

"""Who may look: everybody at work. Nothing of this room is personal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from chengyun.kernel.errors import NotAllowed

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

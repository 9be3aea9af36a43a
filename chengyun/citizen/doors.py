"""What every public door shares: it is open to all, and a refusal is told on a public page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render as draw
from django.utils.translation import gettext as _

from chengyun.citizen.browsers import remember, wants_large
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.access import open_to_all
from chengyun.organisation.log_ins import address_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# In the history a citizen's own steps stand under this name; who it was, the order's contact tells.
_NAME = "市民（网上）"


def public(view: View) -> View:
    """Open to everybody; what a verb refuses becomes a public page (JSON beneath ``/citizen/api/``)."""

    @wraps(view)
    def door(request: Any, *args: Any, **said: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **said)
        except Refused as error:
            answer = _refusal(request, error)
        remember(request, answer)
        return answer

    return cast(View, open_to_all(door))


def page(request: Any, template: str, said: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Draw a public page in the version that was chosen; what is private must not be kept on the way."""
    answer = draw(request, template, {"large": wants_large(request), **(said or {})}, status=status)
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer


def citizen(request: Any) -> Actor:
    """The actor of what a citizen does. The rules of who may do what stand in this room's actions."""
    return Actor(person_id=None, name=_NAME, address=address_of(request), system=True)


def wants_json(request: Any) -> bool:
    """Whether a script asks, not a person."""
    asked = request.path.startswith("/citizen/api/") or request.path.endswith((".json", "/report/code/"))
    return asked or "application/json" in request.headers.get("Accept", "")


def _refusal(request: Any, error: Refused) -> HttpResponse:
    if wants_json(request):
        said: dict[str, Any] = {"error": error.code, "message": error.message}
        if isinstance(error, Invalid):
            said["fields"] = error.fields
        return JsonResponse(said, status=error.status, json_dumps_params={"ensure_ascii": False})
    titles = {404: _("没有找到"), 429: _("请稍后再试")}
    said = {"title": titles.get(error.status, _("没有办成")), "what": error.message}
    return page(request, "citizen/wrong.html", said, status=error.status)

"""The JSON interface ``/api/v1``: who asks, and errors in the reader's language."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from chengyun.cases.api import router as cases
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.tokens import actor_of_token


class Token(HttpBearer):
    """A bearer token of an account; an administrator makes it."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        actor = actor_of_token(token, request)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


class Json(BaseRenderer):
    """JSON in UTF-8, Chinese as it is."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return msgspec.json.encode(data)


class FastParser(Parser):
    """Reads the body with the same library that writes the answer."""

    def parse_body(self, request: HttpRequest) -> Any:
        return msgspec.json.decode(request.body)


api = NinjaAPI(
    title="chengyun",
    version="1",
    auth=Token(),
    urls_namespace="api",
    docs_url=None,
    renderer=Json(),
    parser=FastParser(),
)
api.add_router("", cases)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What a verb refused, with the wrong fields where there are any."""
    said: dict[str, Any] = {"error": error.code, "message": error.message}
    if isinstance(error, Invalid):
        said["fields"] = error.fields
    return api.create_response(request, said, status=error.status)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or one that is not known."""
    said = {"error": "log_in", "message": _("需要有效的访问令牌：Authorization: Bearer …")}
    return api.create_response(request, said, status=401)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is not JSON at all."""
    why = error.__cause__  # what the parser said of the place where it stopped
    sentence = _("请求内容不是正确的 JSON：%(error)s") % {"error": why} if why else str(error)
    said = {"error": "invalid", "message": sentence}
    return api.create_response(request, said, status=error.status_code)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body of the wrong shape: every wrong field with what it should be."""
    fields: dict[str, str] = {}
    for one in error.errors:
        place = [str(part) for part in one["loc"] if part not in ("body", "path", "query")]
        name = ".".join(place[1:] if len(place) > 1 and place[0] == "body" else place) or "body"
        fields[name] = _sentence(str(one["type"]), str(one.get("msg", "")))
    said = {"error": "invalid", "message": _("；").join(fields.values()), "fields": fields}
    return api.create_response(request, said, status=422)


def _sentence(kind: str, message: str) -> str:
    if kind == "missing":
        return str(_("缺少这一项"))
    if kind.startswith("uuid"):
        return str(_("应为 UUID，如 6fa459ea-ee8a-3ca4-894e-db77e160355e"))
    words = {
        "string": _("应为文字"),
        "int": _("应为整数"),
        "float": _("应为数字"),
        "finite": _("应为有限的数字"),
        "bool": _("应为 true 或 false"),
        "dict": _("应为对象"),
        "model": _("应为对象"),
        "list": _("应为数组"),
        "json": _("不是正确的 JSON"),
        "datetime": _("应为带时区的时间"),
    }
    return str(next((text for start, text in words.items() if kind.startswith(start)), message))

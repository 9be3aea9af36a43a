"""``POST /api/telephony/calls``: the door for any telephone system (PBX) that can send JSON over HTTP."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from chengyun.hotline.desk.actions import take_event
from chengyun.hotline.desk.actions.calls import Told, faults_of
from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.access import open_to_all
from chengyun.organisation.tokens import actor_of_token

_MOST_BYTES = 20_000
_TEXTS = ("call_id", "event", "number", "called_number", "extension", "recording")
_JSON = {"ensure_ascii": False}


@open_to_all
@csrf_exempt
def telephony(request: HttpRequest) -> JsonResponse:
    """Take one event of a call. 201 the first time, 200 when it was told before; errors as everywhere in the API.

    The body: ``call_id``, ``event`` (ringing, answered, missed, dropped, ended), ``time`` (ISO 8601; without a
    zone it is Shanghai's), ``number`` (of the caller; empty if hidden), ``called_number``, ``extension``,
    ``recording``. The token is one of the JSON API's, of an account that may take orders in.
    """
    if request.method != "POST":
        return _answer({"error": "method", "message": _("只接受 POST")}, 405, {"Allow": "POST"})
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    actor = actor_of_token(token, request) if scheme.lower() == "bearer" and token else None
    if actor is None:
        said = {"error": "log_in", "message": _("需要有效的访问令牌：Authorization: Bearer …")}
        return _answer(said, 401)
    try:
        now: datetime = request.now  # type: ignore[attr-defined]
        call, fresh = take_event(_told(request, now), actor=actor, now=now)
    except Refused as error:
        said = {"error": error.code, "message": error.message}
        if isinstance(error, Invalid):
            said["fields"] = error.fields  # type: ignore[assignment]
        return _answer(said, error.status)
    return _answer({"id": call.pk, "call_id": call.call_id, "state": call.state}, 201 if fresh else 200)


def _told(request: HttpRequest, now: datetime) -> Told:
    """The body as an event; ``Invalid`` says what is wrong with each field."""
    if len(request.body) > _MOST_BYTES:
        raise Invalid({"body": _("内容太长，最多 %(most)d 字节") % {"most": _MOST_BYTES}})
    try:
        body: Any = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Invalid({"body": _("请求内容不是正确的 JSON：%(error)s") % {"error": error}}) from error
    if not isinstance(body, dict):
        raise Invalid({"body": _("应为对象")})
    wrong: dict[str, str] = {}
    texts = {}
    for name in _TEXTS:
        value = body.get(name, "")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # many systems send numbers as numbers
        if value is None:
            value = ""
        if isinstance(value, str):
            texts[name] = value.strip()
        else:
            wrong[name] = _("应为文字")
    at = _moment(body.get("time"))
    if at is None:
        wrong["time"] = _("应为时间，如 2026-11-23T16:40:00+08:00")
    told = Told(at=at or now, **texts)
    if wrong:
        raise Invalid({**faults_of(told, now), **wrong})
    return told


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        return aware.astimezone(SHANGHAI) if 2000 < aware.year < 2200 else None
    except (ValueError, OverflowError):
        return None


def _answer(said: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(said, status=status, headers=headers, json_dumps_params=_JSON)

"""Where an HTTP gateway tells what became of messages, and what citizens write. Signed like our own requests."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chengyun.messaging import inbound
from chengyun.messaging.dispatch.store import store_reports
from chengyun.messaging.gateways import Inbound, StatusReport
from chengyun.messaging.gateways.secrets import secret_of
from chengyun.messaging.gateways.signing import fault
from chengyun.messaging.models import GatewayRow
from chengyun.organisation.access import open_to_all

MOST_BYTES = 1_000_000
MOST_ROWS = 1000
KINDS = frozenset({"http"})

Shape = TypeVar("Shape")


class _Report(msgspec.Struct):
    message_id: str
    status: str
    phone: str = ""
    done_at: datetime | None = None


class _Reports(msgspec.Struct):
    reports: list[_Report]


class _Message(msgspec.Struct):
    phone: str
    text: str
    id: str = ""
    to: str = ""
    sent_at: datetime | None = None


class _Messages(msgspec.Struct):
    messages: list[_Message]


class _Refusal(Exception):
    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


@open_to_all
@csrf_exempt
@require_POST
def reports(request: Any, gateway: str) -> JsonResponse:
    """``{"reports": [{"message_id": "…", "status": "DELIVRD", "done_at": "2026-11-23T16:40:00+08:00"}, …]}``"""

    def store(said: _Reports) -> int:
        rows = [
            StatusReport(one.message_id, one.status, one.phone, _aware(one.done_at)) for one in said.reports
        ]
        store_reports(gateway, _not_too_many(rows), now=request.now)
        return len(rows)

    return _answer(request, gateway, _Reports, store)


@open_to_all
@csrf_exempt
@require_POST
def messages(request: Any, gateway: str) -> JsonResponse:
    """``{"messages": [{"id": "…", "phone": "…", "text": "5", "to": "10690000", "sent_at": "…"}, …]}``"""

    def store(said: _Messages) -> int:
        rows = [Inbound(one.phone, one.text, one.to, one.id, _aware(one.sent_at)) for one in said.messages]
        return inbound.keep(gateway, _not_too_many(rows), now=request.now)

    return _answer(request, gateway, _Messages, store)


def _answer(request: Any, gateway: str, shape: type[Shape], store: Any) -> JsonResponse:
    try:
        body = _signed_body(request, gateway)
        try:
            said = msgspec.json.decode(body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _Refusal(422, "invalid", str(error)) from None
        return JsonResponse({"accepted": store(said)})
    except _Refusal as refusal:
        return JsonResponse({"error": refusal.error, "message": refusal.message}, status=refusal.status)


def _signed_body(request: HttpRequest, gateway: str) -> bytes:
    """The body of a request that this gateway has signed. A stranger does not learn which gateways there are."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise _Refusal(413, "too_large", f"at most {MOST_BYTES} bytes")
    body = request.body
    known = GatewayRow.objects.filter(name=gateway, kind__in=KINDS, enabled=True).exists()
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the middleware
    wrong = fault(
        secret_of(gateway) if known else "",
        request.headers.get("X-Timestamp", ""),
        request.headers.get("X-Signature", ""),
        request.path,
        body,
        seconds=int(now.timestamp()),
    )
    if wrong:
        told = "X-Timestamp is too far from our clock" if wrong == "timestamp" else "the signature is wrong"
        raise _Refusal(401, "not_signed", told)
    return body


def _not_too_many(rows: list[Any]) -> list[Any]:
    if len(rows) > MOST_ROWS:
        raise _Refusal(422, "invalid", f"at most {MOST_ROWS} rows at once")
    return rows


def _aware(moment: datetime | None) -> datetime | None:
    """A moment without a zone is not guessed at: it is left out."""
    return moment if moment is not None and moment.tzinfo is not None else None

"""The JSON doors for partners: identify, read, act, log, answer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from chengyun.hotline.exchange import log
from chengyun.hotline.exchange.answers import MOST, answers_after
from chengyun.hotline.exchange.knocking import Denied, partner_of
from chengyun.hotline.exchange.orders import take_order
from chengyun.hotline.exchange.shape import order_of
from chengyun.hotline.models import ExchangeResult, Partner, PartnerKind
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.access import open_to_all

MOST_BYTES = 40 * 1024 * 1024


class TooLarge(Refused):
    """The body is larger than any order."""

    status = 413
    code = "too_large"


@csrf_exempt
@open_to_all
@require_POST
def city_orders(request: HttpRequest) -> HttpResponse:
    """The city platform pushes an order: 201, or 200 for one that is here already."""
    return _pushed(request, PartnerKind.CITY, deadline=True)


@csrf_exempt
@open_to_all
@require_POST
def street_orders(request: HttpRequest, code: str) -> HttpResponse:
    """A street platform sends an order up; ``code`` is the partner's own."""
    return _pushed(request, PartnerKind.STREET, deadline=False, code=code)


@open_to_all
@require_GET
def city_answers(request: HttpRequest) -> HttpResponse:
    """What happened to the city's orders since ``after``."""
    partner: Partner | None = None
    try:
        partner = partner_of(request, b"", PartnerKind.CITY, _now(request))
        after, limit = (_number(request, name, other) for name, other in (("after", 0), ("limit", 100)))
    except Refused as error:
        return _refused(request, partner, error, {})
    batch = answers_after(after, limit)
    if batch.answers:
        message = f"{batch.answers[0]['id']}–{batch.next}"
        log.note(request, partner, ExchangeResult.GIVEN, now=_now(request), message=message)
    return _json({"answers": batch.answers, "next": batch.next, "more": batch.more})


def _pushed(request: HttpRequest, kind: PartnerKind, *, deadline: bool, code: str = "") -> HttpResponse:
    partner: Partner | None = None
    said: Any = ""
    try:
        body = _body(request)
        partner = partner_of(request, body, kind, _now(request))
        if code and partner.code != code:
            raise Denied(_("密钥不属于“%(code)s”") % {"code": code[:32]})
        said = _decoded(body)
        taken = take_order(order_of(said, deadline=deadline), partner=partner, now=_now(request))
    except Refused as error:
        return _refused(request, partner, error, said)
    case = taken.case
    log.note(
        request,
        partner,
        ExchangeResult.TAKEN if taken.fresh or taken.moved else ExchangeResult.REPEATED,
        now=_now(request),
        number=case["source_number"],
        case_id=case.pk,
        message=_("市平台时限已改") if taken.moved else "",
        payload=said,
    )
    answer = {
        "number": case["number"],
        "partner_number": case["source_number"],
        "state": case["state"],
        "registered_at": local(case["registered_at"]).isoformat(),
        "due_at": case["due_at"] and local(case["due_at"]).isoformat(),
        "repeated": not taken.fresh,
    }
    return _json(answer, 201 if taken.fresh else 200)


def _body(request: HttpRequest) -> bytes:
    """The body, read at most up to what an order with its files may weigh."""
    body: bytes = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise TooLarge(_("正文超过 %(most)d MB") % {"most": MOST_BYTES // 1024 // 1024})
    return body


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Invalid({"body": _("正文应为 UTF-8 编码")}) from None
    except (ValueError, RecursionError) as error:
        raise Invalid({"body": _("正文不是正确的 JSON：%(error)s") % {"error": str(error)[:200]}}) from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Invalid({name: _("应为整数")})
    return int(text) if name == "after" else min(int(text), MOST)


def _refused(request: HttpRequest, partner: Partner | None, error: Refused, said: Any) -> HttpResponse:
    result = ExchangeResult.DENIED if isinstance(error, Denied) else ExchangeResult.REFUSED
    known = said if isinstance(said, dict) else {}
    number = known.get("number")
    log.note(
        request,
        partner,
        result,
        now=_now(request),
        number=number if isinstance(number, str) else "",
        message=error.message,
        payload=said,
    )
    answer: dict[str, Any] = {"error": error.code, "message": error.message}
    if isinstance(error, Invalid):
        answer["fields"] = error.fields
    return _json(answer, error.status)


def _json(said: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]

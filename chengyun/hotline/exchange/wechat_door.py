"""The callback of a public account: the handshake when it is set up, and its messages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chengyun.hotline.exchange import log
from chengyun.hotline.exchange.doors import TooLarge
from chengyun.hotline.exchange.knocking import Denied, account_of
from chengyun.hotline.exchange.wechat import callback_of, receive, reply_xml
from chengyun.hotline.models import ExchangeResult, Partner
from chengyun.kernel.errors import Refused
from chengyun.organisation.access import open_to_all

_MOST_BYTES = 64 * 1024


@csrf_exempt
@open_to_all
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """GET answers the handshake with ``echostr``; POST takes a message and answers it.

    What cannot be read is answered with words and a status that is no 5xx, so that WeChat does not repeat it.
    """
    partner: Partner | None = None
    said: dict[str, str] = {}
    now = request.now  # type: ignore[attr-defined]
    try:
        partner = account_of(request, now)
        if request.method == "GET":
            log.note(request, partner, ExchangeResult.GIVEN, now=now, message=_("接入验证"))
            return HttpResponse(request.GET.get("echostr", "")[:200], content_type="text/plain")
        body = request.read(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            raise TooLarge(_("正文过长"))
        callback = callback_of(body)
        said = {"FromUserName": callback.open_id, "MsgType": callback.kind, "Content": callback.text}
        text, case_id, fresh = receive(callback, partner=partner, now=now)
    except Refused as error:
        result = ExchangeResult.DENIED if isinstance(error, Denied) else ExchangeResult.REFUSED
        log.note(request, partner, result, now=now, message=error.message, payload=said)
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    log.note(
        request,
        partner,
        ExchangeResult.TAKEN if fresh else ExchangeResult.REPEATED,
        now=now,
        number=callback.message_id,
        case_id=case_id,
        payload=said,
    )
    return HttpResponse(reply_xml(callback, text, now), content_type="application/xml; charset=utf-8")

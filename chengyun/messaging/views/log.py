"""短信记录: what was sent and received, masked; in full only with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.errors import Invalid, NotThere
from chengyun.messaging import log, policies
from chengyun.messaging.actions.reveal import reveal_inbound, reveal_message
from chengyun.messaging.codes import in_words
from chengyun.messaging.forms import LogFilter
from chengyun.messaging.inbound import OPT_IN, OPT_OUT
from chengyun.messaging.models import GatewayRow, InboundMessage, Message, Template
from chengyun.messaging.numbers import mobile
from chengyun.messaging.states import MessageState
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

PER_PAGE = 50


@needs(*policies.READERS)
@require_safe
def messages_page(request: StaffRequest) -> HttpResponse:
    """The outbox with filters in the address."""
    form = LogFilter(request.GET)
    form.is_valid()
    rows = log.log_of(request.actor, form.cleaned_data)
    said = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "said": form.cleaned_data,
        "states": MessageState,
        "templates": Template.objects.seen_by(request.actor),
        "gateways": GatewayRow.objects.values_list("name", flat=True),
        "counts": log.counts_by_state(request.now - timedelta(days=1)),
        "waiting": log.waiting(),
    }
    return render(request, "messaging/messages.html", said)


@needs(*policies.READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def message_page(request: StaffRequest, message_id: int) -> HttpResponse:
    """One message with its course; POST with a reason shows number and text in full, once."""
    row = (
        Message.objects.seen_by(request.actor)
        .select_related("version__template")
        .filter(pk=message_id)
        .first()
    )
    if row is None:
        raise NotThere(_("没有这条短信，或您无权查看。"))
    said: dict[str, Any] = {
        "message": row,
        "course": log.course_of(row),
        "code": in_words(row.code),
        "may_reveal": policies.may_reveal(request.actor) and row.forgotten_at is None,
    }
    return _revealing(request, said, "messaging/message.html", lambda why: reveal_message(row.pk, **why))


def _revealing(request: StaffRequest, said: dict[str, Any], template: str, reveal: Any) -> HttpResponse:
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            said["revealed"] = reveal({"reason": reason, "actor": request.actor, "now": request.now})
        except Invalid as refusal:
            said |= {"wrong": refusal.fields, "reason": reason}
    answer = render(request, template, said, status=422 if "wrong" in said else 200)
    if "revealed" in said:
        answer["Cache-Control"] = "no-store"
    return answer


@needs(*policies.READERS)
@require_safe
def inbound_page(request: StaffRequest) -> HttpResponse:
    """What citizens wrote, newest first."""
    words = request.GET.get("q", "").strip()[:80]
    rows = InboundMessage.objects.seen_by(request.actor).order_by("-id")
    if words:
        rows = rows.filter(phone=mobile(words) or words)
    if request.GET.get("open") == "1":
        rows = rows.filter(handled_by="")
    said = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "q": words,
        "open": request.GET.get("open") == "1",
        "handled": _handled_words,
    }
    return render(request, "messaging/inbound.html", said)


@needs(*policies.READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def inbound_message_page(request: StaffRequest, inbound_id: int) -> HttpResponse:
    """One incoming message; POST with a reason shows the number in full, once."""
    row = InboundMessage.objects.seen_by(request.actor).filter(pk=inbound_id).first()
    if row is None:
        raise NotThere(_("没有这条短信，或您无权查看。"))
    said: dict[str, Any] = {
        "message": row,
        "handled": _handled_words,
        "may_reveal": policies.may_reveal(request.actor) and row.forgotten_at is None,
    }
    template = "messaging/inbound_message.html"
    return _revealing(request, said, template, lambda why: reveal_inbound(row.pk, **why))


def _handled_words(row: InboundMessage) -> tuple[str, str]:
    """Who took it up, in words, with its meaning."""
    if row.heard_at is None:
        return _("等待处理"), "calm"
    if not row.handled_by:
        return (_("处理出错，请人工处理"), "overdue") if row.error else (_("无人认领，请人工看"), "due-soon")
    own = {OPT_OUT: _("已退订"), OPT_IN: _("已恢复接收")}
    return own.get(row.handled_by, _("已处理")), "good"

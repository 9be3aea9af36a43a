"""来电与回拨: the calls that wait, whom to call back, and the fragment that shows calls on every desk."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chengyun.hotline.desk import actions, queries
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*REGISTERING)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """Calls under way, the call-back list, and what was settled last."""
    settled = request.GET.get("show") == "settled"
    said = {
        "calls": queries.live_calls(actor=request.actor, now=request.now),
        "call_backs": queries.call_backs(actor=request.actor, settled=settled),
        "settled": settled,
        "waiting": queries.count_call_backs(),
        "form_ids": _FormIds(),
        "new_id": uuid.uuid4(),
        "now": request.now,
    }
    return render(request, "hotline/desk/calls.html", said)


class _FormIds:
    """A fresh number for each form of the page, so that a double click is one attempt."""

    def next(self) -> str:
        return str(uuid.uuid4())


@needs(*REGISTERING)
@never_cache
@require_safe
def live(request: StaffRequest) -> HttpResponse:
    """The calls alone: one fragment that every desk fetches again and again."""
    said = {
        "calls": queries.live_calls(actor=request.actor, now=request.now),
        "waiting": queries.count_call_backs(),
        "now": request.now,
    }
    return render(request, "hotline/desk/_live.html", said)


@needs(*REGISTERING)
@require_POST
def open_call(request: StaffRequest, call_id: int) -> HttpResponse:
    """Take a call onto the screen: the intake form with its number."""
    call = actions.open_call(call_id, actor=request.actor, now=request.now)
    return _to_form(call.pk)


@needs(*REGISTERING)
@require_POST
def new_call(request: StaffRequest) -> HttpResponse:
    """新来电: note a call that no telephone system announced, and open the form."""
    client_id = request.POST.get("client_id", "")
    try:
        client_id = str(uuid.UUID(client_id))
    except ValueError:
        client_id = str(uuid.uuid4())
    try:
        call = actions.begin_call(
            client_id, request.POST.get("number", "")[:40], actor=request.actor, now=request.now
        )
    except Invalid as error:
        messages.error(request, error.message)
        return redirect("hotline:calls")
    return _to_form(call.pk)


@needs(*REGISTERING)
@require_POST
def number(request: StaffRequest, call_back_id: int) -> HttpResponse:
    """The number to dial, in full; who asked is logged."""
    shown = actions.show_number(call_back_id, actor=request.actor, now=request.now)
    return render(request, "hotline/desk/_number.html", {"number": shown})


@needs(*REGISTERING)
@require_POST
def note(request: StaffRequest, call_back_id: int) -> HttpResponse:
    """One attempt, or the end of it: ``then`` is tried, reached or closed."""
    then, said = request.POST.get("then", ""), request.POST.get("reason", "")
    try:
        client_id: uuid.UUID | None = uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        client_id = None
    who: dict[str, Any] = {"client_id": client_id, "actor": request.actor, "now": request.now}
    try:
        if then == "closed":
            actions.close_call_back(call_back_id, reason=said, **who)
        elif then in ("tried", "reached"):
            actions.note_try(call_back_id, reached=then == "reached", said=said, **who)
        else:
            raise Refused(_("请选择未接通、已联系上或关闭。"))
    except Invalid as error:
        messages.error(request, _("关闭回拨要写明理由。%(why)s") % {"why": error.message})
    except Refused as error:
        if error.status in (403, 404):
            raise
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            {"tried": _("已记下：未接通，仍在待回拨里。"), "reached": _("已记下：联系上了。")}.get(
                then, _("已关闭这条回拨。")
            ),
        )
        if then == "reached":
            row = queries.call_back_call(call_back_id)
            if row is not None:
                actions.open_call(row, actor=request.actor, now=request.now)
                return _to_form(row)
    return redirect("hotline:calls")


def _to_form(call_id: int) -> HttpResponse:
    return redirect(f"{reverse('hotline:register')}?{urlencode({'call': call_id})}")

"""Drafts: the page sends what stands in the form by itself."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengyun.hotline.desk import actions
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.errors import Invalid
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.ui.formats import time_of_day

_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "client_id", "then", "call"})


@needs(*REGISTERING)
@require_POST
def keep(request: StaffRequest) -> HttpResponse:
    """Keep what stands in the form; tell when. 410 where the form has been registered."""
    client_id = _client_id(request)
    call = request.POST.get("call", "")
    typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
    try:
        draft = actions.keep_draft(
            client_id,
            typed,
            call_id=int(call) if call.isascii() and call.isdigit() and len(call) < 16 else None,
            actor=request.actor,
            now=request.now,
        )
    except Invalid as error:
        return JsonResponse({"message": error.message}, status=422)
    if draft is None:
        return JsonResponse({"message": _("这张表单已登记，不再存草稿")}, status=410)
    return JsonResponse({"message": _("草稿已存到服务器 %(time)s") % {"time": time_of_day(request.now)}})


@needs(*REGISTERING)
@require_POST
def drop(request: StaffRequest) -> HttpResponse:
    """Throw a draft away."""
    actions.drop_draft(_client_id(request), actor=request.actor)
    if request.headers.get("HX-Request") or request.headers.get("X-Background"):
        return HttpResponse("")
    return redirect("hotline:register")


def _client_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        raise Invalid({"client_id": _("缺少表单编号，请刷新页面")}) from None

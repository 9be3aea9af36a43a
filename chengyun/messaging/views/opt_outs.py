"""退订: numbers that want no notices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.masking import mask_phone
from chengyun.messaging import policies
from chengyun.messaging.actions.opt_outs import end_opt_out, opt_out
from chengyun.messaging.forms import OptOutForm, ReasonForm
from chengyun.messaging.models import OptOut
from chengyun.messaging.numbers import mobile
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

PER_PAGE = 50


@needs(*policies.READERS)
@require_safe
def opt_outs_page(request: StaffRequest) -> HttpResponse:
    """Those in force, or with ``?ended=1`` all."""
    rows = OptOut.objects.seen_by(request.actor).order_by("-began_at")
    ended, words = request.GET.get("ended") == "1", request.GET.get("q", "").strip()[:80]
    if not ended:
        rows = rows.holding()
    if words:
        rows = rows.filter(phone=mobile(words) or words)
    said = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "ended": ended,
        "q": words,
        "mask": mask_phone,
        "may_edit": request.actor.holds(*policies.OPTING),
    }
    return render(request, "messaging/opt_outs.html", said)


@needs(*policies.OPTING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_opt_out(request: StaffRequest) -> HttpResponse:
    """Note one on somebody's word."""
    return verb_page(
        request,
        OptOutForm(posted(request)),
        lambda said: opt_out(actor=request.actor, now=request.now, **said),
        title=_("登记退订"),
        next_step=_("此后不再发通知类短信；验证码等对方自己要的短信照发。"),
        back=reverse("messaging:opt-outs"),
        done=_("已登记退订。"),
    )


@needs(*policies.OPTING)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, opt_out_id: int) -> HttpResponse:
    """Let a number receive notices again."""
    return verb_page(
        request,
        ReasonForm(posted(request)),
        lambda said: end_opt_out(opt_out_id, actor=request.actor, now=request.now, **said),
        title=_("恢复接收短信"),
        back=reverse("messaging:opt-outs"),
        done=_("已恢复接收。"),
    )

"""申请重开: citizens' wishes, and the answer to each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.models import Case
from chengyun.hotline.handling.actions import decide_reopen
from chengyun.hotline.handling.forms import ReopenForm
from chengyun.hotline.handling.policies import CALLING
from chengyun.hotline.models import ReopenAsk
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_SHOWN = 50


@needs(*CALLING)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """Wishes that wait, the nearest deadline first, and the latest that were answered."""
    rows = ReopenAsk.objects.select_related("case", "case__lead_unit", "decided_by")
    seen = Case.objects.seen_by(request.actor)
    said = {
        "waiting": rows.filter(decision="", case__in=seen)[:_SHOWN],
        "answered": rows.exclude(decision="").order_by("-decided_at")[:_SHOWN],
        "now": request.now,
    }
    return render(request, "hotline/handling/reopens.html", said)


@needs(*CALLING)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, ask_id: int) -> HttpResponse:
    """Answer one wish."""
    ask = ReopenAsk.objects.select_related("case").filter(pk=ask_id).first()
    if ask is None:
        raise NotThere(_("没有这项申请"))
    return verb_page(
        request,
        ReopenForm(posted(request)),
        lambda said: decide_reopen(ask_id, actor=request.actor, now=request.now, **said),
        title=_("重开申请：%(number)s") % {"number": ask.case.number},
        next_step=_("市民说：%(reason)s。同意，由原承办单位重办，时限另计；不同意，理由写入工单。")
        % {"reason": ask.reason},
        back=reverse("hotline:reopens"),
        done=_("申请已答复。"),
    )

"""审核: the queue, and one answer beside its appeal with hints."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.process import HotlineState
from chengyun.hotline.handling.actions import audit
from chengyun.hotline.handling.hints import hints_of
from chengyun.hotline.handling.policies import AUDITING
from chengyun.hotline.handling.queues import SHOWN, after, to_audit
from chengyun.hotline.handling.reading import order_of
from chengyun.hotline.handling.rows import texts_on
from chengyun.hotline.handling.words import RowKind
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, Refused, Stale
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*AUDITING)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Answers that wait, the nearest deadline first."""
    waiting = to_audit(request.actor)
    said = {"rows": list(waiting[:SHOWN]), "total": waiting.count(), "now": request.now}
    return render(request, "hotline/handling/audits.html", said)


@needs(*AUDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest, number: str) -> HttpResponse:
    """One answer beside its appeal; on a POST accepted or sent back, and on to the next."""
    order = order_of(number, request.actor, request.now)
    said = {"picked": [], "words": "", "wrong": {}, "notice": "", "passing": True}
    status = 200
    if request.method == "POST":
        passed = request.POST.get("decision") == "pass"
        picked = request.POST.getlist("checked" if passed else "grounds")
        words = request.POST.get("words", "")
        try:
            audit(
                order.case.pk,
                passed=passed,
                picked=picked,
                words=words,
                seen=_seen(request),
                actor=request.actor,
                now=request.now,
            )
        except Refused as error:
            status = error.status
            wrong = error.fields if isinstance(error, Invalid) else {}
            said = {"picked": picked, "words": words, "wrong": wrong, "passing": passed}
            said["notice"] = "" if wrong and not isinstance(error, Stale) else error.message
            order = order_of(number, request.actor, request.now)
        else:
            return _onward(request, order.case.number, passed)
    day = local(request.now).date()
    waiting = to_audit(request.actor)
    said |= {
        "order": order,
        "open": order.case.state == HotlineState.ANSWERED and order.answer is not None,
        "hints": hints_of(order.case, order.answer, order.contact, request.now) if order.answer else [],
        "checklist": texts_on(RowKind.CHECKLIST, day),
        "grounds": texts_on(RowKind.GROUND, day),
        "next": after(waiting, order.case),
        "left": waiting.count(),
        "now": request.now,
        "rehearsal": order.case.rehearsal,
    }
    return render(request, "hotline/handling/audit.html", said, status=status)


def _seen(request: StaffRequest) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isdigit() and len(said) < 10 else 0


def _onward(request: StaffRequest, number: str, passed: bool) -> HttpResponse:
    words = _("%(number)s 审核通过，进入回访。") if passed else _("%(number)s 已退回承办单位返工。")
    messages.success(request, words % {"number": number})
    waiting = to_audit(request.actor).values_list("number", flat=True).first()
    if request.POST.get("then") == "queue" or waiting is None:
        return redirect("hotline:audits")
    return redirect("hotline:audit", waiting)

"""审签与历史: what happened, remarks, signatures, undo, the next stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.kinds import Stage
from chengyun.budget.ledger.actions import comment, hindrances, move_stage, sign_off, undo
from chengyun.budget.ledger.facts import budget_of
from chengyun.budget.ledger.forms import CommentForm, StageForm
from chengyun.budget.ledger.journal import next_to_undo, timeline
from chengyun.budget.ledger.policies import READING, SIGNING, WRITING
from chengyun.budget.ledger.snapshots import digest_of, snapshot_of
from chengyun.budget.ledger.stages import STEPS
from chengyun.budget.models.history import SignOff, StageMove
from chengyun.kernel.errors import Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*READING)
@require_safe
def history_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Everything that happened, newest first, and who signed the ledger as it stands."""
    budget = budget_of(budget_id, actor=request.actor)
    digest = digest_of(snapshot_of(budget))
    signed = SignOff.objects.filter(budget=budget).order_by("-pk")
    writes = request.actor.holds(*WRITING)
    said = {
        "budget": budget,
        "events": timeline(budget),
        "digest": digest,
        "valid": [one for one in signed if one.digest == digest],
        "void": [one for one in signed if one.digest != digest][:5],
        "moves": StageMove.objects.filter(budget=budget).defer("snapshot").order_by("-pk"),
        "stages": Stage,
        "may_sign": request.actor.holds(*SIGNING),
        "may_write": writes,
        "undoable": next_to_undo(budget) if writes and budget.open else [],
        "comment_form": CommentForm(),
    }
    return render(request, "budget/ledger/history.html", said)


@needs(*READING)
@require_POST
def remark(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Remark on a budget or one of its lines."""
    try:
        text, key = request.POST.get("text", ""), request.POST.get("key", "")
        comment(budget_id, text, key=key, actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("备注已写入。"))
    return _back(request, budget_id)


@needs(*SIGNING)
@require_POST
def sign(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Sign the ledger as the page showed it."""
    try:
        sign_off(
            budget_id,
            digest=request.POST.get("digest", ""),
            words=request.POST.get("words", ""),
            actor=request.actor,
            now=request.now,
        )
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已签核；预算再有改动，签核即失效。"))
    return _back(request, budget_id)


@needs(*WRITING)
@require_POST
def take_back(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Undo the last act."""
    try:
        done = undo(budget_id, actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已撤销 %(count)s 项修改。") % {"count": len(done)})
    return _back(request, budget_id)


def _back(request: StaffRequest, budget_id: int) -> HttpResponse:
    place = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(place, None):
        place = reverse("budget:history", args=[budget_id])
    return redirect(place)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def stage_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Take the budget to its next stage; what hinders it is told beforehand."""
    budget = budget_of(budget_id, actor=request.actor)
    steps = STEPS[Stage(budget.stage)]
    back = reverse("budget:ledger", args=[budget.pk])
    if not steps:
        messages.info(request, _("决算是最后一个阶段。"))
        return redirect(back)
    form = StageForm(posted(request), steps=steps, initial={"to": steps[0]})
    seen = budget.version

    def run(said: dict[str, Any]) -> None:
        move_stage(
            budget.pk,
            Stage(said["to"]),
            seen=seen,
            note=said["note"],
            approved_on=form.approved(),
            actor=request.actor,
            now=request.now,
        )

    return verb_page(
        request,
        form,
        run,
        title=_("阶段变更：现为“%(stage)s”") % {"stage": budget.stage_of.label},
        next_step=_next_step(hindrances(budget, steps[0])),
        back=back,
        done=_("阶段已变更，原版本已锁定留存。"),
    )


def _next_step(hindered: list[str]) -> str:
    if hindered:
        return _("还不能上报：%(what)s") % {"what": " ".join(hindered)}
    return _("当前各行金额、说明和项目整体留存为一个版本；之后能否修改由新阶段决定。")

"""判定表: what the national opinion of 2025 asks of a desk. Staff read, administrators change from a day on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.hotline.desk import actions, lines
from chengyun.hotline.desk.forms import LineForm
from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.models import DecisionLine, DecisionUse
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page
from chengyun.worktime.limits import Provenance

_COPIED = (
    "situation",
    "order",
    "treatment",
    "required",
    "recognised",
    "say",
    "source",
    "provenance",
    "confirmed",
)


@staff
@require_safe
def table(request: StaffRequest) -> HttpResponse:
    """The lines in force with how often each was used; those that come, and those that were."""
    today = local(request.now).date()
    rows = list(DecisionLine.objects.order_by("order", "code", "-valid_from"))
    counted = DecisionUse.objects.values("line_id").annotate(times=Count("pk"))
    used = dict(counted.values_list("line_id", "times"))
    shown = [
        {
            "line": row,
            "treatment": Treatment(row.treatment),
            "provenance": Provenance(row.provenance),
            "used": used.get(row.pk, 0),
            "when": _when(row, today),
        }
        for row in rows
    ]
    said = {
        "in_force": [one for one in shown if one["when"] == "now"],
        "others": [one for one in shown if one["when"] != "now"],
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "hotline/desk/lines.html", said)


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """A line that the table did not have."""
    start = {"valid_from": local(request.now).date(), "provenance": Provenance.PRIMARY}
    code = f"own-{uuid.uuid4().hex[:12]}"
    return _set(request, LineForm(posted(request), initial=start), code, _("新增判定"))


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, line_id: int) -> HttpResponse:
    """Let a line say something else from a day on."""
    row = _row(line_id)
    start: dict[str, Any] = {name: getattr(row, name) for name in _COPIED}
    start |= {"keywords": "\n".join(row.keywords), "routes": "\n".join(row.routes)}
    start["valid_from"] = max(local(request.now).date(), row.valid_from)
    form = LineForm(posted(request), initial=start)
    return _set(request, form, row.code, _("修改判定：%(line)s") % {"line": row.situation})


class EndLineForm(forms.Form):
    """The last day of a line."""

    last_day = forms.DateField(
        label=gettext_lazy("用到哪天为止"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("请填写此项。"),
            "invalid": gettext_lazy("请写成 2026-09-30 的样子。"),
        },
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, line_id: int) -> HttpResponse:
    """Take a line out of use after a day."""
    row = _row(line_id)
    return verb_page(
        request,
        EndLineForm(posted(request), initial={"last_day": local(request.now).date()}),
        lambda said: actions.end_line(line_id, actor=request.actor, now=request.now, **said),
        title=_("停用判定：%(line)s") % {"line": row.situation},
        next_step=_("过了这一天，受理员不再看到它；用过它的工单不变。"),
        back=reverse("hotline:decision-table"),
        done=_("已设停用日期。"),
        danger=True,
    )


@needs(*REGISTERING)
@require_POST
def hints(request: StaffRequest) -> HttpResponse:
    """Lines that the words typed so far point to. Posted, so that no log keeps them."""
    text = "\n".join(request.POST.get(name, "")[:20_000] for name in ("title", "cause", "description"))
    found = lines.hints_for(text, request.now)
    said = {"hints": found, "chosen": request.POST.get("decision", "")}
    return render(request, "hotline/desk/_hints.html", said)


def _set(request: StaffRequest, form: LineForm, code: str, title: str) -> HttpResponse:
    return verb_page(
        request,
        form,
        lambda said: actions.set_line(code, actor=request.actor, now=request.now, **said),
        title=title,
        next_step=_("原来的一条用到生效前一天为止；已经按它处理的工单不变。"),
        back=reverse("hotline:decision-table"),
        done=_("判定表已修改。"),
    )


def _row(line_id: int) -> DecisionLine:
    row = DecisionLine.objects.filter(pk=line_id).first()
    if row is None:
        raise NotThere(_("判定表里没有这一条。"))
    return row


def _when(row: DecisionLine, today: Any) -> str:
    if row.valid_from > today:
        return "later"
    return "past" if row.valid_until is not None and row.valid_until < today else "now"

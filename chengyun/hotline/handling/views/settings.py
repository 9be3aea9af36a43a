"""What the centre decides of this part: checklist, grounds, script, weights, bounds, topics; sampling."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.cases.vocabulary import Channel
from chengyun.hotline.handling.actions import add_row, add_sampling_rule, end_row, end_sampling_rule
from chengyun.hotline.handling.forms import RowForm, SamplingForm
from chengyun.hotline.handling.policies import CALLING, SETTING
from chengyun.hotline.handling.words import RowKind
from chengyun.hotline.models import CallbackDraw, HandlingRow, SamplingRule
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@staff
@require_safe
def rows(request: StaffRequest) -> HttpResponse:
    """The rows of one kind; earlier and later ones stand below."""
    kind = request.GET.get("kind", RowKind.CHECKLIST)
    kind = kind if kind in set(RowKind) else RowKind.CHECKLIST.value
    today = local(request.now).date()
    found = list(HandlingRow.objects.filter(kind=kind).order_by("position", "name", "-valid_from"))
    said = {
        "kind": RowKind(kind),
        "kinds": list(RowKind),
        "rows": found,
        "today": today,
        "valued": kind in (RowKind.WEIGHT, RowKind.HINT),
        "may_edit": request.actor.holds(*SETTING),
    }
    return render(request, "hotline/handling/rows.html", said)


@needs(*SETTING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_row(request: StaffRequest, kind: str) -> HttpResponse:
    """A new row, or the same name with other words from a day on."""
    if kind not in set(RowKind):
        raise NotThere(_("没有这种参数。"))
    today = local(request.now).date()
    form = RowForm(posted(request), today=today, initial=_start(kind, request.GET.get("name", "")))
    return verb_page(
        request,
        form,
        lambda said: add_row(kind, actor=request.actor, now=request.now, **said),
        title=_("%(kind)s：新的一行") % {"kind": RowKind(kind).label},
        next_step=_("原来的留作历史，到新的一行生效前一天为止。"),
        back=f"{reverse('hotline:handling-rows')}?kind={kind}",
        done=_("已加入。"),
    )


def _start(kind: str, name: str) -> dict[str, object]:
    row = HandlingRow.objects.filter(kind=kind, name=name).order_by("-valid_from").first() if name else None
    if row is None:
        return {}
    return {"name": row.name, "text_": row.text, "value": row.value, "position": row.position}


@needs(*SETTING)
@require_POST
def stop_row(request: StaffRequest, row_id: int) -> HttpResponse:
    """Take a row out of use."""
    row = end_row(row_id, actor=request.actor, now=request.now)
    return redirect(f"{reverse('hotline:handling-rows')}?kind={row.kind}")


@needs(*CALLING, Post.ADMIN, Post.ASSESSOR)
@require_safe
def sampling(request: StaffRequest) -> HttpResponse:
    """Sampling rules, and the latest draws with the reason of each."""
    draws = CallbackDraw.objects.select_related("case").order_by("-id")
    said = {
        "rules": [
            (rule, Channel(rule.channel).label if rule.channel else _("所有渠道"))
            for rule in SamplingRule.objects.select_related("unit")
        ],
        "draws": draws[:30],
        "today": local(request.now).date(),
        "may_edit": request.actor.holds(*SETTING),
        "now": request.now,
    }
    return render(request, "hotline/handling/sampling.html", said)


@needs(*SETTING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_sampling(request: StaffRequest) -> HttpResponse:
    """A new rule."""
    return verb_page(
        request,
        SamplingForm(posted(request), today=local(request.now).date()),
        lambda said: add_sampling_rule(actor=request.actor, now=request.now, **said),
        title=_("新的抽样规则"),
        next_step=_("此后审核通过的工单按它抽取；已抽的不变。几条都适用时，范围最窄的一条说了算。"),
        back=reverse("hotline:sampling"),
        done=_("规则已加入。"),
    )


@needs(*SETTING)
@require_POST
def stop_sampling(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Take a rule out of use."""
    end_sampling_rule(rule_id, actor=request.actor, now=request.now)
    return redirect("hotline:sampling")

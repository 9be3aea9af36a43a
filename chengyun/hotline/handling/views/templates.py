"""答复模板: the list, one template with its versions, and the drafts inside the form of an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.cases.models import Case
from chengyun.cases.process.kinds import Outcome
from chengyun.hotline.handling.actions import change_template, make_template, retire_template
from chengyun.hotline.handling.actions.templates import may_change
from chengyun.hotline.handling.drafts import drafts_for, templates_seen
from chengyun.hotline.handling.forms import TemplateForm, choices_of
from chengyun.hotline.handling.policies import DRAFTING, READING_DRAFTS
from chengyun.hotline.models import ReplyTemplate
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.models import Unit
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*READING_DRAFTS)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """Templates in use that this person may use."""
    search, outcome = request.GET.get("q", "")[:80], request.GET.get("outcome", "")
    outcome = outcome if outcome in set(Outcome) else ""
    rows = [
        (one, Outcome(one.outcome).label if one.outcome else _("不限"), may_change(one, request.actor))
        for one in templates_seen(request.actor, search, outcome)
    ]
    said = {
        "rows": rows,
        "search": search,
        "outcome": outcome,
        "outcomes": choices_of(Outcome, _("不限")),
        "may_add": request.actor.holds(*DRAFTING),
        "now": request.now,
    }
    return render(request, "hotline/handling/templates.html", said)


@needs(*DRAFTING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new template."""
    form = TemplateForm(posted(request), **_owners(request))
    return verb_page(
        request,
        form,
        lambda said: make_template(actor=request.actor, now=request.now, **said),
        title=_("新建答复模板"),
        next_step=_("办理答复时按分类和处理结果列出，点“套用”才填入，不会自动填。"),
        back=reverse("hotline:templates"),
        done=_("模板已建立。"),
    )


@needs(*READING_DRAFTS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, template_id: int) -> HttpResponse:
    """One template with its versions; whoever may change it, does so here."""
    found = templates_seen(request.actor).filter(pk=template_id).first()
    if found is None:
        raise NotThere(_("没有这个模板，或已停用"))
    if not may_change(found, request.actor):
        return render(request, "hotline/handling/template.html", {"template": found, "now": request.now})
    start = {
        "title": found.title,
        "unit_id": found.unit_id,
        "outcome": found.outcome,
        "catalogue_prefix": found.catalogue_prefix,
        "body": found.body,
    }
    form = TemplateForm(posted(request), initial=start, **_owners(request))
    form.fields.pop("unit_id")

    def run(said: dict[str, Any]) -> ReplyTemplate:
        return change_template(template_id, actor=request.actor, now=request.now, **said)

    if request.method == "POST":
        answer = verb_page(
            request,
            form,
            run,
            title=_("修改答复模板"),
            back=reverse("hotline:template", args=[template_id]),
            done=_("模板已修改，原文留作旧版。"),
        )
        if answer.status_code in (301, 302):
            return answer
    said = {"template": found, "form": form, "versions": found.versions.select_related("made_by")}
    said |= {"now": request.now}
    return render(request, "hotline/handling/template.html", said, status=422 if form.errors else 200)


@needs(*DRAFTING)
@require_POST
def retire(request: StaffRequest, template_id: int) -> HttpResponse:
    """Offer a template no more."""
    retire_template(template_id, actor=request.actor, now=request.now)
    return redirect("hotline:templates")


@staff
@require_safe
def drafts(request: StaffRequest, number: str) -> HttpResponse:
    """Templates that fit an order, with its facts in them. ``?q=`` searches, ``?outcome=`` narrows."""
    seen = Case.objects.seen_by(request.actor).select_related("lead_unit", "handler")
    case = seen.filter(number=number, kind="hotline").first()
    if case is None:
        raise NotThere(_("没有编号为 %(number)s 的工单，或您无权查看") % {"number": number})
    search, outcome = request.GET.get("draft_q", "")[:80], request.GET.get("outcome", "")
    found = drafts_for(case, request.actor, request.now, search, outcome if outcome in set(Outcome) else "")
    said = {"drafts": found, "number": number, "search": search}
    whole = "HX-Request" not in request.headers
    name = "hotline/handling/drafts.html" if whole else "hotline/handling/_drafts.html"
    return render(request, name, said)


def _owners(request: StaffRequest) -> dict[str, Any]:
    units = Unit.objects.filter(pk__in=request.actor.units(Post.UNIT)).order_by("code")
    return {
        "units": list(units.values_list("id", "name")),
        "centre": request.actor.holds(Post.SHIFT_LEADER, Post.ADMIN),
    }

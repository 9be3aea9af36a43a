"""上报问题, 我的上报, 我的任务: pages that are held in one hand."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.cases import nearby
from chengyun.cases.catalogue_queries import item
from chengyun.cases.labels import state_label
from chengyun.cases.models import Case
from chengyun.cases.uploads import Uploads, take_in
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.patrol import queries
from chengyun.patrol.actions import Reported, report_finding
from chengyun.patrol.forms import FindingForm
from chengyun.patrol.policies import DESK_CHANNELS, REPORTING, channels_of

_PAGE = 30  # rows


@needs(*REPORTING)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    """Show the form; take it; or show it again with what was typed and a sentence beside each wrong field.

    Where something like it is open nearby, that is shown first and has to be looked at.
    """
    channels, today = channels_of(request.actor), local(request.now).date()
    if not channels:
        raise NotAllowed(_("监督员、受理员和街镇联络员可以上报问题。"))
    if request.method != "POST":
        form = FindingForm(initial={"client_id": uuid.uuid4()}, today=today, channels=channels)
        return _page(request, form, Uploads("before", "evidence"), Uploads("after", "after"))
    form = FindingForm(request.POST, today=today, channels=channels)
    # What was handled on the spot has a before and an after; else the photos are evidence.
    before = take_in(request, "before", AttachmentKind.EVIDENCE)
    after = take_in(request, "after", AttachmentKind.AFTER)
    if form.is_valid() and not before.problems and not after.problems:
        if twins := _twins(request, form):
            return _page(request, form, before, after, twins=twins, status=422)
        done = _attempt(request, form, before, after)
        if done is not None:
            return _afterwards(request, done)
    return _page(request, form, before, after, status=422)


def _twins(request: StaffRequest, form: FindingForm) -> list[queries.Known]:
    """Open cases of the same class nearby, unless the reporter has seen them or the form was taken before."""
    said = form.cleaned_data
    if (
        said["still"]
        or said["longitude"] is None
        or Case.objects.filter(client_id=said["client_id"]).exists()
    ):
        return []
    point = (said["longitude"], said["latitude"])
    found = queries.known_near(*point, said["catalogue_key"], actor=request.actor, now=request.now)
    return [one for one in found if one.same_class]


def _attempt(request: StaffRequest, form: FindingForm, before: Uploads, after: Uploads) -> Reported | None:
    try:
        return report_finding(
            form.cleaned_data, before=before.ids, after=after.ids, actor=request.actor, now=request.now
        )
    except Invalid as error:
        for name, text in error.fields.items():
            if name in ("before", "after"):
                (before if name == "before" else after).problems.append(text)
            else:
                form.add_error(name if name in form.fields and name != "client_id" else None, text)
        if "client_id" in error.fields and isinstance(form.data, QueryDict):
            # What was changed after it was taken is another finding, if it is sent again.
            form.data = {**form.data.dict(), "client_id": str(uuid.uuid4())}
    return None


def _page(
    request: StaffRequest,
    form: FindingForm,
    before: Uploads,
    after: Uploads,
    *,
    twins: list[queries.Known] | None = None,
    status: int = 200,
) -> HttpResponse:
    channels = channels_of(request.actor)
    key = form.chosen.key if form.chosen else ""
    offered, limit = queries.conditions_of(key, request.now)
    said = {
        "form": form,
        "before": before,
        "after": after,
        "twins": twins or [],
        "usual": queries.usual_items(request.actor),
        "conditions": offered,
        "limit": limit,
        "chosen": form.chosen,
        "condition": form["condition"].value() or "",
        "condition_errors": form.errors.get("condition", []),
        "desk": len(channels) > 1 or channels[0] in DESK_CHANNELS,
        "wrong": bool(form.errors or before.problems or after.problems),
    }
    return render(request, "patrol/report.html", said, status=status)


def _afterwards(request: StaffRequest, done: Reported) -> HttpResponse:
    case = done.case
    word, _meaning = state_label(case["kind"], case["state"])
    if done.fresh:
        text = _("已上报 %(number)s，当前状态：%(state)s，由受理席处理。")
    else:
        text = _("这张表单此前已上报为 %(number)s，没有重复上报，当前状态：%(state)s。")
    messages.success(request, text % {"number": case["number"], "state": word})
    if request.POST.get("then") == "next":
        return redirect("patrol:report")
    assert case.id is not None
    address = _case_address(request, case.id, case["number"])
    return redirect(address or reverse("patrol:mine"))


def _case_address(request: StaffRequest, case_id: int, number: str) -> str:
    """Of the case's page, for those who may open it; a street liaison may only follow it in the list."""
    if not Case.objects.seen_by(request.actor).filter(pk=case_id).exists():
        return ""
    try:
        return reverse("workbench:case", args=[number])  # by name: the room lies above this one
    except NoReverseMatch:
        return ""


@needs(*REPORTING)
@require_safe
def conditions(request: StaffRequest) -> HttpResponse:
    """The conditions of a class, each with its limit."""
    key = request.GET.get("catalogue_key", "")[:60]
    offered, limit = queries.conditions_of(key, request.now)
    said = {"conditions": offered, "limit": limit, "chosen": item(key) if key else None}
    return render(request, "patrol/_conditions.html", {**said, "condition": "", "condition_errors": []})


@needs(*REPORTING)
@require_POST
def near(request: StaffRequest) -> HttpResponse:
    """What is open near the place that stands in the form."""
    point, key = nearby.point_of(request.POST), request.POST.get("catalogue_key", "")[:60]
    found = queries.known_near(*point, key, actor=request.actor, now=request.now) if point else []
    return render(request, "patrol/_near.html", {"known": found, "placed": point is not None})


@needs(Post.INSPECTOR, Post.UNIT)
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """我的上报."""
    return _list(request, queries.reported_by(request.actor), "patrol/mine.html")


@needs(Post.INSPECTOR)
@require_safe
def tasks(request: StaffRequest) -> HttpResponse:
    """我的任务: what waits to be verified or checked on the spot."""
    return _list(request, queries.tasks_of(request.actor), "patrol/tasks.html")


def _list(request: StaffRequest, rows: QuerySet[Case], template: str) -> HttpResponse:
    page = Paginator(rows.select_related("street", "grid"), _PAGE).get_page(request.GET.get("page"))
    shown: list[Any] = list(page.object_list)
    ids = [row.pk for row in shown]
    opened = set(Case.objects.seen_by(request.actor).filter(pk__in=ids).values_list("pk", flat=True))
    lines = [(row, state_label(row.kind, row.state), row.pk in opened) for row in shown]
    return render(request, template, {"page": page, "lines": lines})

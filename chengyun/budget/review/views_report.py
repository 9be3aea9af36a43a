"""核对报告: the document with its marks, the findings to settle, corrected copies, files to fetch."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chengyun.budget.check.captions import NAMES
from chengyun.budget.models.review import DispositionKind, ReviewedDocument, ReviewState
from chengyun.budget.review import queries
from chengyun.budget.review.actions import correct, settle
from chengyun.budget.review.forms import SettleForm
from chengyun.budget.review.policies import CHECKING, READING, may_check
from chengyun.budget.review.reading import SEVERITIES, Shown, histories, is_amount, pieces, places, shown
from chengyun.budget.review.report import bare
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*READING)
@require_safe
def report(request: StaffRequest, document_id: int) -> HttpResponse:
    """The document with marks, beside it the findings; ``severity`` and ``open`` narrow the list."""
    document = queries.document_of(document_id, request.actor)
    if document.state != ReviewState.DONE:
        return redirect("budget:review", review_id=document.review_id)
    said = queries.report_of(document)
    history = histories(document)
    everything = [shown(one, history) for one in said["findings"]]
    wanted, only_open = request.GET.get("severity", ""), request.GET.get("open") == "1"
    listed = [
        one
        for one in everything
        if (one.said["severity"] == wanted or wanted not in SEVERITIES) and not (only_open and one.settled)
    ]
    context = {
        "document": document,
        "said": said,
        "findings": listed,
        "deferred": [shown(one) for one in said["deferred"]],
        "by_key": {one.said["key"]: one for one in everything},
        "spans": {one.said["mark"]: one.said["spans"] for one in everything if one.said["mark"]},
        "named": places(everything),
        "pieces": pieces,
        "is_amount": is_amount,
        "severity": wanted if wanted in SEVERITIES else "",
        "only_open": only_open,
        "severities": _counts(everything),
        "settled": sum(one.settled for one in everything),
        "total": len(everything),
        "table_names": NAMES,
        "copies": list(document.copies.select_related("by").order_by("-pk")),
        "may_check": may_check(request.actor),
        "kinds": _KINDS,
        "problem": "",
        "typed": "",
    }
    return render(request, "budget/review/report.html", context)


_KINDS = (DispositionKind.ACCEPTED, DispositionKind.EXPLAINED, DispositionKind.REJECTED)


def _counts(findings: list[Shown]) -> list[dict[str, Any]]:
    return [
        {"code": code, "label": label, "count": sum(one.said["severity"] == code for one in findings)}
        for code, (label, _meaning, _sign) in SEVERITIES.items()
    ]


@needs(*CHECKING)
@require_POST
def dispose(request: StaffRequest, document_id: int, key: str) -> HttpResponse:
    """Settle one finding; answers with its card, or goes back to it where there is no script."""
    document = queries.document_of(document_id, request.actor)
    form = SettleForm(request.POST)
    problem = "" if form.is_valid() else _("请选择处理意见。")
    if not problem:
        said = form.cleaned_data
        try:
            settle(
                document_id,
                key,
                said["kind"],
                said["note"],
                seen=said["seen"],
                actor=request.actor,
                now=request.now,
            )
        except Invalid as error:
            problem = error.message
    if request.headers.get("HX-Request") != "true":
        if problem:
            messages.error(request, problem)
        return redirect(reverse("budget:review-report", args=[document_id]) + f"#f{key}")
    report = queries.report_of(document)
    history = histories(document)
    finding = next((one for one in report["findings"] if one["key"] == key), None)
    if finding is None:
        raise NotThere(_("报告中没有这一条。"))
    everything = [shown(one, history) for one in report["findings"]]
    context = {
        "document": document,
        "finding": shown(finding, history),
        "may_check": True,
        "problem": problem,
        "typed": request.POST.get("note", ""),
        "kinds": _KINDS,
        "settled": sum(one.settled for one in everything),
        "total": len(everything),
        "table_names": NAMES,
    }
    return render(request, "budget/review/_finding_answer.html", context, status=422 if problem else 200)


@needs(*CHECKING)
@require_POST
def make_copy(request: StaffRequest, document_id: int) -> HttpResponse:
    """Apply chosen proposals to a copy."""
    try:
        copy = correct(document_id, request.POST.getlist("finding"), actor=request.actor, now=request.now)
    except Refused as error:
        messages.error(request, error.message)
    else:
        told = _("已生成更正稿，改了 %(count)d 处；原件未动。下载后请再核对一次。")
        messages.success(request, told % {"count": len(copy.changes)})
    return redirect(reverse("budget:review-report", args=[document_id]) + "#copies")


@needs(*READING)
@require_safe
def fetch_copy(request: StaffRequest, copy_id: int) -> HttpResponseBase:
    """A corrected copy as a file."""
    copy = queries.copy_of(copy_id, request.actor)
    stem = copy.document.name.rpartition(".")[0] or copy.document.name
    name = _("%(stem)s-更正稿%(suffix)s") % {"stem": stem, "suffix": copy.path.suffix}
    return _file(copy.path.open("rb") if copy.path.is_file() else None, name)


@needs(*READING)
@require_safe
def original(request: StaffRequest, document_id: int) -> HttpResponseBase:
    """The document as it was handed in; never shown inside our pages."""
    document = queries.document_of(document_id, request.actor)
    return _file(document.path.open("rb") if document.path.is_file() else None, document.name)


def _file(opened: Any, name: str) -> HttpResponseBase:
    if opened is None:
        raise NotThere(_("文件已不在。"))
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@needs(*READING)
@require_safe
def as_data(request: StaffRequest, document_id: int) -> HttpResponse:
    """The findings as JSON, the same that the command prints."""
    document: ReviewedDocument = queries.document_of(document_id, request.actor)
    answer = JsonResponse(
        bare(queries.report_of(document)), safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    stem = document.name.rpartition(".")[0] or document.name
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stem, safe='')}.json"
    return answer

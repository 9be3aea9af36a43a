"""Exports: ask for one, watch it grow, fetch it. Only one's own."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.actions.exports import (
    KEPT,
    ask_for_export,
    cancel_export,
    delete_export,
    folder,
)
from chengyun.workbench.exporting import MOST_ROWS, file_name
from chengyun.workbench.forms import FilterForm
from chengyun.workbench.models import Export, ExportState
from chengyun.workbench.worklists import BY_NAME, WorkList, lists_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
@require_http_methods(["GET", "POST"])
def exports(request: StaffRequest) -> HttpResponse:
    """One's own exports; with ``?list=``, the offer to export that list under the filter of the address."""
    said = request.POST if request.method == "POST" else request.GET
    name = said.get("list", "")
    worklist = _worklist(request, name)
    source = dict(parse_qsl(said.get("query", ""))) if request.method == "POST" else request.GET
    form = FilterForm(source, request.actor)
    problem = ""
    if request.method == "POST":
        try:
            export = ask_for_export(
                list_name=name, query=form.chosen.query, actor=request.actor, now=request.now
            )
        except Invalid as wrong:
            problem = wrong.message
        else:
            return redirect("workbench:export", export_id=export.pk)
    context = {
        "offered": "list" in said,
        "title": worklist.label if worklist is not None else _("全部案件"),
        "name": name,
        "query_text": form.chosen.query,
        "labels": list(form.labels()),
        "most": MOST_ROWS,
        "days": KEPT.days,
        "problem": problem,
        "exports": [(one, file_name(one)) for one in Export.objects.seen_by(request.actor)[:50]],
        "now": request.now,
    }
    return render(request, "workbench/exports.html", context, status=422 if problem else 200)


@staff
@require_GET
def progress(request: StaffRequest, export_id: int) -> HttpResponse:
    """How far it has come; as a fragment for the page that asks again."""
    export = _mine(request, export_id)
    fragment = request.headers.get("HX-Request") == "true"
    template = "workbench/_export.html" if fragment else "workbench/export.html"
    context = {"export": export, "file_name": file_name(export), "now": request.now}
    return render(request, template, context)


@staff
@require_GET
def file(request: StaffRequest, export_id: int) -> HttpResponseBase:
    """The file, for its owner alone, as long as it is kept."""
    export = _mine(request, export_id)
    path = folder() / export.file
    if export.state != ExportState.DONE or not export.file or not path.exists():
        raise NotThere(_("文件还没有生成，或已过期删除，请重新导出"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=file_name(export), content_type=XLSX)


@staff
@require_POST
def cancel(request: StaffRequest, export_id: int) -> HttpResponse:
    """Stop an export."""
    cancel_export(export_id, actor=request.actor, now=request.now)
    return redirect("workbench:export", export_id=export_id)


@staff
@require_POST
def delete(request: StaffRequest, export_id: int) -> HttpResponse:
    """Throw the file away before its time."""
    delete_export(export_id, actor=request.actor)
    return redirect("workbench:exports")


def _mine(request: StaffRequest, export_id: int) -> Export:
    export = Export.objects.seen_by(request.actor).filter(pk=export_id).first()
    if export is None:
        raise NotThere(_("没有这份导出"))
    return export


def _worklist(request: StaffRequest, name: str) -> WorkList | None:
    if not name:
        return None
    worklist = BY_NAME.get(name)
    if worklist is None:
        raise NotThere(_("没有这个工作列表"))
    if worklist not in lists_of(request.actor):
        raise NotAllowed(_("您的岗位没有这个列表"))
    return worklist

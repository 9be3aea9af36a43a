"""导入工单: hand in a file, watch it, stop it, fetch what was rejected."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.hotline.actions import ask_import, stop_import
from chengyun.hotline.forms import ImportForm, mappings
from chengyun.hotline.models import ImportRun
from chengyun.hotline.policies import IMPORTING
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

_SHOWN = 20  # runs


@needs(*IMPORTING)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Hand in a file; below it the latest runs."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            run = ask_import(
                said["file"],
                said["mapping"],
                rehearsal=said["rehearsal"],
                actor=request.actor,
                now=request.now,
            )
        except Refused as error:
            form.add_error("mapping", error.message)
        else:
            messages.success(request, _("“%(file)s”已排队，导入在后台进行。") % {"file": run.file_name})
            return redirect("hotline:import")
    runs = ImportRun.objects.select_related("asked_by")[:_SHOWN]
    said = {"form": form, "runs": runs, "mappings": dict(mappings())}
    return render(request, "hotline/import.html", said, status=422 if form.errors else 200)


@needs(*IMPORTING)
@require_safe
def progress(request: StaffRequest, run_id: int) -> HttpResponse:
    """One run as it is now; the page asks again while it is under way."""
    return render(request, "hotline/_run.html", {"run": _run(run_id), "mappings": dict(mappings())})


@needs(*IMPORTING)
@require_POST
def stop(request: StaffRequest, run_id: int) -> HttpResponse:
    """Stop a run; what was imported stays."""
    run = stop_import(run_id, actor=request.actor, now=request.now)
    if run.stop_asked:
        messages.success(request, _("已要求停止“%(file)s”，已导入的工单保留。") % {"file": run.file_name})
    else:
        messages.info(request, _("“%(file)s”已经结束。") % {"file": run.file_name})
    return redirect("hotline:import")


@needs(*IMPORTING)
@require_safe
def rejects(request: StaffRequest, run_id: int) -> HttpResponseBase:
    """The rejected rows: line, field, reason and the row as it was."""
    run = _run(run_id)
    if not run.rejects.is_file():
        raise NotThere(_("这次导入没有退回的行。"))
    answer = FileResponse(
        run.rejects.open("rb"), as_attachment=True, filename=run.rejects.name, content_type="text/csv"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _run(run_id: int) -> ImportRun:
    run = ImportRun.objects.select_related("asked_by").filter(pk=run_id).first()
    if run is None:
        raise NotThere(_("没有这次导入。"))
    return run

"""市热线回访结果: hand in one of the city's lists, fetch what was rejected."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.hotline.handling.actions import import_city_results
from chengyun.hotline.handling.city_rows import COLUMNS
from chengyun.hotline.handling.forms import CityForm
from chengyun.hotline.handling.policies import IMPORTING_CITY
from chengyun.hotline.models import CityImport, folder
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt

_SHOWN = 20


@needs(*IMPORTING_CITY)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Hand in a list; below it what came in so far."""
    form = CityForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        done, run = attempt(
            form,
            lambda said: import_city_results(
                said["file"], said["kind"], actor=request.actor, now=request.now
            ),
        )
        if done:
            words = _("“%(file)s”读入 %(read)d 行：新增 %(taken)d，已有 %(known)d，退回 %(rejected)d。")
            said = {"file": run.file_name, "read": run.read, "taken": run.taken, "known": run.known}
            messages.success(request, words % {**said, "rejected": run.rejected})
            return redirect("hotline:city-results")
    runs = CityImport.objects.select_related("asked_by")[:_SHOWN]
    said = {"form": form, "runs": runs, "headings": COLUMNS, "now": request.now}
    return render(request, "hotline/handling/city.html", said, status=422 if form.errors else 200)


@needs(*IMPORTING_CITY)
@require_safe
def rejects(request: StaffRequest, run_id: int) -> HttpResponseBase:
    """The rejected rows of one list: line, heading, reason and the row as it was."""
    run = CityImport.objects.filter(pk=run_id).exclude(rejects_name="").first()
    path = folder() / run.rejects_name if run is not None else None
    if path is None or not path.is_file():
        raise NotThere(_("这次导入没有退回的行，或已过保存期。"))
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/csv")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

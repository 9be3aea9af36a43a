"""派单目录 as a file: in with rejects, out with the same filter."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path, PurePath

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.hotline.models import folder
from chengyun.hotline.suggestions.dispatch.forms import TableForm
from chengyun.hotline.suggestions.dispatch.table import COLUMNS, Imported, exported, import_table
from chengyun.hotline.suggestions.policies import READING_CATALOGUE, WRITING_CATALOGUE
from chengyun.hotline.suggestions.views.dispatch import chosen_rows
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_lines(request: StaffRequest) -> HttpResponse:
    """Hand in a file; below it what became of its lines."""
    form = TableForm(request.POST or None, request.FILES or None)
    done: Imported | None = None
    rejects = uuid.uuid4()
    if request.method == "POST" and form.is_valid():
        try:
            done = _imported(form, _rejects(rejects.hex), request)
        except Refused as error:
            form.add_error("file", error.message)
    said = {
        "form": form,
        "done": done,
        "columns": COLUMNS,
        "rejects": rejects if done is not None and done.refused else "",
    }
    return render(
        request, "hotline/suggestions/dispatch_import.html", said, status=422 if form.errors else 200
    )


def _imported(form: TableForm, rejects: Path, request: StaffRequest) -> Imported:
    file = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        path = Path(place) / f"lines{PurePath(file.name).suffix.lower()}"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        try:
            return import_table(path, rejects, actor=request.actor, now=request.now)
        except Refused as error:
            # The file is called by its stored name there; the reader knows it by another.
            raise Refused(error.message.replace(path.name, PurePath(file.name).name)) from None


@needs(*WRITING_CATALOGUE)
@require_safe
def rejected(request: StaffRequest, key: uuid.UUID) -> HttpResponseBase:
    """The lines that were not written: line, field, reason and the line as it was."""
    path = _rejects(key.hex)
    if not path.is_file():
        raise NotThere(_("没有退回的行，或已清理。"))
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=_("派单目录退回.csv"), content_type="text/csv"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _rejects(key: str) -> Path:
    return folder() / f"dispatch-{key}.rejects.csv"


@needs(*READING_CATALOGUE)
@require_safe
def export_lines(request: StaffRequest) -> StreamingHttpResponse:
    """The lines of the list, with the same filter."""
    today = local(request.now).date()
    lines = list(exported(chosen_rows(request, today)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"dispatch-catalogue-{today:%Y%m%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

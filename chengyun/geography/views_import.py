"""导入区域与网格: the page beside ``chengyun geography import-…``, with the same judgement and rejects file."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.geography.actions import ImportReport, import_areas, import_grids
from chengyun.geography.forms import ImportForm
from chengyun.geography.policies import administrators
from chengyun.kernel.errors import NotThere, Refused

_KEPT = "geography_rejects"  # in the session: name of the file of rejected rows
_SHOWN = 20


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: Any) -> HttpResponse:
    """Hand in a file; what came of it, and the first rejected rows."""
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    report: ImportReport | None = None
    if posted and form.is_valid():
        report = _imported(request, form)
    said = {
        "form": form,
        "report": report,
        "shown": report.rejects[:_SHOWN] if report else [],
        "kept": request.session.get(_KEPT),
    }
    return render(request, "geography/import.html", said, status=422 if form.errors else 200)


def _imported(request: Any, form: ImportForm) -> ImportReport | None:
    said = form.cleaned_data
    run = import_areas if said["what"] == "areas" else import_grids
    request.session.pop(_KEPT, None)
    with tempfile.TemporaryDirectory(dir=_folder()) as place:
        # Under its own name: the rows remember which file they came from.
        file = Path(place) / (PurePath((said["file"].name or "rows.csv").replace("\\", "/")).name[-80:])
        with file.open("wb") as kept:
            for chunk in said["file"].chunks():
                kept.write(chunk)
        try:
            report = run(
                file,
                actor=request.actor,
                now=request.now,
                system=said["system"],
                valid_from=said["valid_from"],
                tolerance=said["tolerance"],
            )
        except Refused as error:
            form.add_error("file", error.message)
            return None
    if report.rejects:
        request.session[_KEPT] = _kept(report)
    return report


def _kept(report: ImportReport) -> str:
    name = f"geography-{uuid.uuid4().hex}.rejects.csv"
    # Office programs need the mark to read UTF-8.
    with (_folder() / name).open("w", encoding="utf-8-sig", newline="") as out:
        report.write_rejects(out)
    return name


def _folder() -> Path:
    found = Path(settings.DATA_FOLDER) / "imports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


@administrators
@require_safe
def rejects(request: Any) -> HttpResponseBase:
    """The rows of one's last import that were not taken."""
    name = str(request.session.get(_KEPT, ""))
    path = _folder() / PurePath(name).name
    if not name or not path.is_file():
        raise NotThere(_("这次导入没有退回的行。"))
    return FileResponse(path.open("rb"), as_attachment=True, filename="rejects.csv", content_type="text/csv")

"""Articles from a file; and 首呼解决 with the orders behind the figure."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path, PurePath

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.labels import state_label
from chengyun.cases.vocabulary import AppealType
from chengyun.hotline.knowledge.first_call import first_call_resolution
from chengyun.hotline.knowledge.forms import ImportArticlesForm
from chengyun.hotline.knowledge.importing import COLUMNS, MUST, ArticleTally, import_articles
from chengyun.hotline.knowledge.policies import EDITING, READING_FIGURES
from chengyun.hotline.models import folder
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted

_KEPT = "knowledge_rejects"  # in the session: name of the file of rejected rows


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: StaffRequest) -> HttpResponse:
    """Hand in a file; every row becomes a version that waits for another editor."""
    form = ImportArticlesForm(posted(request), request.FILES or None)
    tally: ArticleTally | None = None
    if request.method == "POST" and form.is_valid():
        tally = _imported(request, form)
    said = {
        "form": form,
        "tally": tally,
        "columns": COLUMNS,
        "must": tuple(MUST),
        "rejects": request.session.get(_KEPT),
    }
    return render(request, "hotline/knowledge/import.html", said, status=422 if form.errors else 200)


def _imported(request: StaffRequest, form: ImportArticlesForm) -> ArticleTally | None:
    file = form.cleaned_data["file"]
    name = f"articles-{uuid.uuid4().hex}"
    stored = folder() / f"{name}{PurePath(file.name or '').suffix.lower()}"
    rejects = folder() / f"{name}.rejects.csv"
    request.session.pop(_KEPT, None)
    try:
        with stored.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        tally = import_articles(stored, rejects=rejects, actor=request.actor, now=request.now)
    except Refused as error:
        form.add_error("file", error.message.replace(stored.name, file.name or ""))
        return None
    finally:
        stored.unlink(missing_ok=True)
    if tally.rejected:
        request.session[_KEPT] = rejects.name
    return tally


@needs(*EDITING)
@require_safe
def rejects(request: StaffRequest) -> HttpResponseBase:
    """The rows of one's last import that were rejected."""
    name = request.session.get(_KEPT, "")
    path: Path = folder() / PurePath(name).name
    if not name or not path.is_file():
        raise NotThere(_("这次导入没有退回的行。"))
    return FileResponse(path.open("rb"), as_attachment=True, filename="rejects.csv", content_type="text/csv")


@needs(*READING_FIGURES)
@require_safe
def first_call(request: StaffRequest) -> HttpResponse:
    """首呼解决率 of a period, and the orders of either part of the fraction."""
    today = local(request.now).date()
    first = _day(request.GET.get("from"), today.replace(day=1))
    last = max(_day(request.GET.get("to"), today), first)
    kind = request.GET.get("type", "")
    kinds = (kind,) if kind in set(AppealType) else ()
    figure = first_call_resolution(first, last, appeal_types=kinds, actor=request.actor)
    part = request.GET.get("part", "resolved")
    rows = figure.taken if part == "taken" else figure.resolved
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    said = {
        "figure": figure,
        "first": first,
        "last": last,
        "kind": kind,
        "kinds": list(AppealType),
        "part": part,
        "page": page,
        "states": {row.pk: state_label(row.kind, row.state) for row in page.object_list},
    }
    return render(request, "hotline/knowledge/first_call.html", said)


def _day(text: str | None, fallback: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return fallback
    return day if date(2004, 1, 1) <= day <= fallback + timedelta(days=3660) else fallback

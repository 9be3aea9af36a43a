"""What everybody may read: published budgets, their versions, what a correction changed, the files."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengyun.budget.publishing.queries import (
    difference_of,
    explained,
    file_of,
    publication_of,
    released_budgets,
    versions_of,
)
from chengyun.budget.publishing.views.shown import download, drawn
from chengyun.organisation.access import open_to_all
from chengyun.organisation.requests import OpenRequest


@open_to_all
@require_safe
def open_budgets(request: OpenRequest) -> HttpResponse:
    """The version in force of every published budget."""
    return render(request, "budget/publishing/open_budgets.html", {"budgets": released_budgets()})


@open_to_all
@require_safe
def open_budget(request: OpenRequest, publication_id: int) -> HttpResponse:
    """One version: the document, its files, its other versions."""
    publication = publication_of(publication_id, actor=None)
    versions = versions_of(publication)
    said = {
        "publication": publication,
        "versions": versions,
        "newest": versions[0],
        "files": list(publication.files.all()),
        "explained": list(explained(publication).values()),
        "document": drawn(publication),
    }
    return render(request, "budget/publishing/open_budget.html", said)


@open_to_all
@require_safe
def open_difference(request: OpenRequest, publication_id: int) -> HttpResponse:
    """What this version corrected in the one before."""
    publication = publication_of(publication_id, actor=None)
    said = {"publication": publication, "difference": difference_of(publication)}
    return render(request, "budget/publishing/open_difference.html", said)


@open_to_all
@require_safe
def open_file(request: OpenRequest, publication_id: int, kind: str) -> FileResponse:
    """A file of a published version."""
    return download(*file_of(publication_of(publication_id, actor=None), kind))

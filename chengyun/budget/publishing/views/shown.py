"""A stored file, and a stored document, as answers."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse
from django.utils.safestring import SafeString, mark_safe

from chengyun.budget.models.publishing import Publication, PublicationFile
from chengyun.budget.publishing.html import fragment
from chengyun.budget.publishing.words import MEDIA


def download(file: PublicationFile, path: Path) -> FileResponse:
    """Always as a file to keep: a page of ours never shows content that carries its own styles."""
    media = MEDIA[file.kind_of][1]
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=file.name, content_type=media)
    answer["Digest"] = f"sha-256={file.sha256}"
    return answer


def drawn(publication: Publication) -> SafeString:
    """The document as it was compiled when the publication was made."""
    return mark_safe(fragment(publication.content))  # noqa: S308  # the template escapes every text

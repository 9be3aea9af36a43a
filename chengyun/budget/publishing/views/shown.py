"""A stored file as an answer."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse

from chengyun.budget.models.publishing import PublicationFile
from chengyun.budget.publishing.words import MEDIA


def download(file: PublicationFile, path: Path) -> FileResponse:
    """Always as a file to keep: a page of ours never shows content that carries its own styles."""
    media = MEDIA[file.kind_of][1]
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=file.name, content_type=media)
    answer["Digest"] = f"sha-256={file.sha256}"
    return answer

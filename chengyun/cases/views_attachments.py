"""Files over HTTP: taking uploads in, and handing them to those who may see the case."""

from __future__ import annotations

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chengyun.cases.actions.attachments import add_attachment
from chengyun.cases.attachments.access import attachment_seen_by, file_of
from chengyun.kernel.errors import Invalid
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest


@staff
@require_GET
def serve(request: StaffRequest, attachment_id: int, variant: str) -> HttpResponseBase:
    """One version of a file: ``original``, ``display`` or ``thumb``; checked anew every time."""
    attachment = attachment_seen_by(attachment_id, request.actor)
    path = file_of(attachment, variant, request.actor)
    etag = f'"{attachment.sha256}.{variant}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _guarded(unchanged, etag)
    original = variant == "original"
    answer = FileResponse(
        path.open("rb"),
        as_attachment=original,
        filename=attachment.download_name,
        content_type=attachment.media_type if original else "image/jpeg",
    )
    return _guarded(answer, etag)


def _guarded(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"  # kept, but shown again only after asking
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@staff
@require_POST
def upload(request: StaffRequest) -> HttpResponse:
    """Take one file in. Form fields: file, kind, optionally case (id) and client_id (UUID); answers JSON."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid({"file": _("请选择文件")})
    attachment = add_attachment(
        _case_id(request.POST.get("case", "")),
        file,
        kind=request.POST.get("kind", ""),
        actor=request.actor,
        now=request.now,
        client_id=_client_id(request.POST.get("client_id", "")),
    )
    said: dict[str, object] = {
        "id": attachment.pk,
        "name": attachment.original_name,
        "media_type": attachment.media_type,
        "size": attachment.size,
    }
    if attachment.is_image:
        said["thumb"] = reverse("cases:attachment", args=[attachment.pk, "thumb"])
    return JsonResponse(said, status=201, json_dumps_params={"ensure_ascii": False})


def _case_id(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Invalid({"case": _("案件编号不正确，请刷新页面后重试")})
    return int(said)


def _client_id(said: str) -> uuid.UUID | None:
    if not said:
        return None
    try:
        return uuid.UUID(said)
    except ValueError as error:
        raise Invalid({"client_id": _("上传编号不正确，请刷新页面后重试")}) from error

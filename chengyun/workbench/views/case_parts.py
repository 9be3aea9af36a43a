"""Parts of the case page that are fetched or sent by themselves; each works without script, too."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chengyun.cases import audit
from chengyun.cases.actions.attachments import add_attachment
from chengyun.cases.actions.reveal import reveal
from chengyun.cases.models import Contact
from chengyun.cases.privacy import REVEALABLE, contact_seen_by
from chengyun.hotline.suggestions.policies import SUGGESTED_TO
from chengyun.kernel.errors import Invalid
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.case_record import case_seen
from chengyun.workbench.similar import similar_to


def _fragment(request: StaffRequest) -> bool:
    return "HX-Request" in request.headers


@staff
@require_GET
def similar(request: StaffRequest, number: str) -> HttpResponse:
    """Cases that may be the same matter, with the reason why each is shown."""
    case = case_seen(number, request.actor)
    said = {
        "case": case,
        "similar": similar_to(case, request.actor, request.now),
        "may_compare": request.actor.holds(*SUGGESTED_TO),
        "now": request.now,
    }
    name = "workbench/_similar.html" if _fragment(request) else "workbench/similar.html"
    return render(request, name, said)


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """The caller: masked, or on a POST with fields and reason in full, which is logged first."""
    case = case_seen(number, request.actor)
    view = contact_seen_by(case, Contact.objects.filter(case_id=case.pk).first(), request.actor)
    said = {"case": case, "contact": view, "contact_labels": REVEALABLE, "status": 200}
    if request.method == "POST":
        fields, reason = request.POST.getlist("fields"), request.POST.get("reason", "")
        said |= {"chosen": fields, "reason": reason}
        try:
            said["revealed"] = reveal(case.pk, fields, reason, actor=request.actor, now=request.now)
        except Invalid as error:
            said |= {"wrong": error.fields, "status": 422}
    name = "workbench/_contact.html" if _fragment(request) else "workbench/contact.html"
    return render(request, name, said, status=int(str(said["status"])))


@staff
@require_POST
def files(request: StaffRequest, number: str) -> HttpResponse:
    """Take files in for the case. Fields: files (several), kind, client_id; a repeated form adds nothing."""
    case = case_seen(number, request.actor)
    uploads = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
    if not uploads:
        messages.error(request, _("请先选择文件，再点上传"))
        return redirect("workbench:case", number)
    taken = 0
    for place, upload in enumerate(uploads):
        try:
            add_attachment(
                case.pk,
                upload,
                kind=request.POST.get("kind", ""),
                actor=request.actor,
                now=request.now,
                client_id=client_id_of(request.POST.get("client_id", ""), place, upload),
            )
            taken += 1
        except Invalid as error:
            said = _("%(label)s：%(value)s") % {"label": upload.name, "value": error.message}
            messages.error(request, said)
    if taken:
        text = ngettext("已上传 %(count)d 个文件", "已上传 %(count)d 个文件", taken)
        messages.success(request, text % {"count": taken})
    return redirect("workbench:case", number)


def client_id_of(form_id: str, place: int, upload: UploadedFile[Any]) -> uuid.UUID:
    """One id per file of one form, the same when the form is sent twice."""
    try:
        form = uuid.UUID(form_id)
    except ValueError:
        return uuid.uuid4()
    return uuid.uuid5(form, f"{place}:{upload.name}:{upload.size}")


@staff
@never_cache
@require_GET
def history_check(request: StaffRequest, number: str) -> HttpResponse:
    """Hold the chain of this one history against itself and say what was found."""
    case = case_seen(number, request.actor)
    faults = [one for one in audit.verify([case.number]) if isinstance(one, audit.Fault)]
    said = {"case": case, "faults": faults, "now": request.now}
    name = "workbench/_history_check.html" if _fragment(request) else "workbench/history_check.html"
    return render(request, name, said)

"""Files of a contract."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import add_document, withdraw_document
from chengyun.budget.contracts.queries import contract_of, document_of
from chengyun.budget.contracts.views.contracts import here
from chengyun.budget.contracts.views.shown import shown
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Hand in a file."""
    contract = contract_of(contract_id, request.actor)
    bills = list(contract.bills.filter(void=False))
    form = forms.DocumentForm(posted(request), request.FILES or None, bills=bills)
    if request.method == "POST":
        done, row = attempt(
            form,
            lambda said: add_document(
                contract.pk,
                said["file"],
                kind=said["kind"],
                bill_id=said["bill_id"],
                actor=request.actor,
                now=request.now,
            ),
        )
        if done:
            messages.success(request, _("“%(name)s”已上传。") % {"name": row.original_name})
            return redirect(here(contract.pk))
    said = {"form": form, "contract": contract}
    return shown(request, "document", said, status=422 if form.errors else 200)


@needs(*policies.READING)
@require_safe
def document(request: StaffRequest, document_id: int) -> FileResponse:
    """The file itself, to be saved; it is never shown inside a page of ours."""
    row, path = document_of(document_id, request.actor)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=row.download_name, content_type=row.media_type
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, document_id: int) -> HttpResponse:
    """Take a file off the list."""
    row, _path = document_of(document_id, request.actor)
    return verb_page(
        request,
        forms.WhyForm(posted(request)),
        lambda said: withdraw_document(row.pk, actor=request.actor, now=request.now, **said),
        title=_("撤下“%(name)s”") % {"name": row.original_name},
        next_step=_("文件从合同页撤下，内容和记录仍然保存。"),
        back=here(row.contract_id),
        done=_("文件已撤下。"),
        danger=True,
    )

"""The paper sheet of a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.case_record import record_of
from chengyun.workbench.case_sheet import sheet_of


@staff
@never_cache
@require_GET
def sheet(request: StaffRequest, number: str) -> HttpResponse:
    """The case as PDF, shown in the browser; masked as the page is."""
    made = sheet_of(record_of(number, request.actor, request.now))
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)

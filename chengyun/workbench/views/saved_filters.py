"""Saved filters: three small doors that lead back to the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengyun.kernel.errors import Invalid
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.actions.saved_filters import delete_filter, rename_filter, save_filter


@staff
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    """Save the filter as it stands under a name."""
    said = {key: request.POST.get(key, "") for key in ("name", "list_name", "query")}
    try:
        saved = save_filter(**said, actor=request.actor, now=request.now)
    except Invalid as wrong:
        messages.error(request, wrong.message)
    else:
        messages.success(request, _("已保存筛选“%(name)s”") % {"name": saved.name})
    return _back(request)


@staff
@require_POST
def rename(request: StaffRequest, filter_id: int) -> HttpResponse:
    """Give a saved filter another name."""
    try:
        rename_filter(filter_id, name=request.POST.get("name", ""), actor=request.actor)
    except Invalid as wrong:
        messages.error(request, wrong.message)
    return _back(request)


@staff
@require_POST
def delete(request: StaffRequest, filter_id: int) -> HttpResponse:
    """Throw a saved filter away."""
    delete_filter(filter_id, actor=request.actor)
    messages.success(request, _("已删除筛选"))
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    where = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, allowed_hosts=None)
    return redirect(where if safe else reverse("workbench:home"))

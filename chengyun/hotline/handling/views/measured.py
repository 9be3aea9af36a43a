"""The orders behind a measured figure."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.cases.labels import state_label
from chengyun.hotline.handling.measures import known, orders_behind
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest

PER_PAGE = 50


@staff
@require_safe
def page(request: StaffRequest, name: str) -> HttpResponse:
    """Orders above the line (``?part=above``) or below it, of those that this person may see."""
    measure = known(name)
    if measure is None:
        raise NotThere(_("没有这项指标的工单清单。"))
    begin, end = _moment(request.GET.get("begin", "")), _moment(request.GET.get("end", ""))
    parts = orders_behind(name, begin, end, actor=request.actor)
    above = request.GET.get("part") == "above"
    rows = (parts.above if above else parts.below).order_by("-registered_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    said = {
        "measure": measure,
        "begin": begin,
        "end": end,
        "above": above,
        "counts": (parts.above.count(), parts.below.count()),
        "page": page,
        "states": {row.pk: state_label(row.kind, row.state) for row in page.object_list},
    }
    return render(request, "hotline/handling/measured.html", said)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise NotThere(_("地址里缺少起止时间，请从指标页打开。"))
    return found

"""用量: the package's use, where the month will end, what it costs, and the month as a file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.messaging import policies
from chengyun.messaging.actions.contract import set_package
from chengyun.messaging.forms import PackageForm
from chengyun.messaging.metering.cost import WARN_AT, first_of, last_of
from chengyun.messaging.metering.month_file import lines
from chengyun.messaging.metering.usage import package_of, usage_of, used_in
from chengyun.messaging.models import Package, UsageWarning
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page
from chengyun.worktime.limits import Provenance

MONTHS_SHOWN = 12


@needs(*policies.COUNTING)
@require_safe
def usage_page(request: StaffRequest) -> HttpResponse:
    """One month (``?month=2026-11``), its days, the package, and the months before."""
    today = local(request.now).date()
    month = _month(request.GET.get("month", ""), today)
    found = usage_of(month, now=request.now)
    said = {
        "usage": found,
        "current": month == first_of(today),
        "shares": _shares(found),
        "days": _days(found, today),
        "busiest": max(found.per_day.values(), default=0),
        "warnings": UsageWarning.objects.filter(month=month),
        "months": _months_before(first_of(today)),
        "packages": Package.objects.all(),
        "provenances": Provenance,
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "messaging/usage.html", said)


def _month(text: str, today: date) -> date:
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    if text and not found:
        raise NotThere(_("没有这个月份，请写成 2026-11 的样子。"))
    return date(int(found[1]), int(found[2]), 1) if found else first_of(today)


def _shares(found: Any) -> list[tuple[int, int, str, date | None]]:
    """The three warnings: share, the number it stands for, whether it is passed, and the day foretold."""
    if found.price is None or not found.price.included:
        return []
    foretold = dict(found.forecast.reaches) if found.forecast else {}
    return [
        (
            share,
            found.price.included * share // 100,
            "passed" if share in found.passed else ("foretold" if share in foretold else "far"),
            foretold.get(share),
        )
        for share in WARN_AT
    ]


def _days(found: Any, today: date) -> list[tuple[date, int]]:
    last = min(last_of(found.month), today)
    count = (last - found.month).days + 1
    return [
        (day, found.per_day.get(day, 0))
        for day in (found.month + timedelta(days=number) for number in range(max(count, 0)))
    ]


def _months_before(month: date) -> list[dict[str, Any]]:
    found = []
    for _number in range(MONTHS_SHOWN):
        month = first_of(month - timedelta(days=1))
        if used := used_in(month):
            package = package_of(month)
            price = package.price if package else None
            found.append({"month": month, "used": used, "cost": price.cost(used) if price else None})
    return found


@needs(*policies.COUNTING)
@require_safe
def month_file(request: StaffRequest, month: str) -> StreamingHttpResponse:
    """The month as CSV, numbers masked."""
    day = _month(month, local(request.now).date())
    answer = StreamingHttpResponse(lines(day), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="messages-{day:%Y-%m}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_package(request: StaffRequest) -> HttpResponse:
    """Enter the contract that holds from a month on."""
    month = first_of(local(request.now).date())
    now = package_of(month)
    start: dict[str, Any] = {"valid_from": month, "provenance": Provenance.PRIMARY}
    if now is not None:
        start |= {
            "name": now.name,
            "monthly_fee": now.monthly_fee,
            "included": now.included,
            "price_above": now.price_above.normalize(),
        }
    return verb_page(
        request,
        PackageForm(posted(request), initial=start),
        lambda said: set_package(actor=request.actor, now=request.now, **said),
        title=_("录入套餐"),
        next_step=_("原套餐留作历史，到前一个月底为止；已过去的月份不改价。"),
        back=reverse("messaging:usage"),
        done=_("套餐已录入。"),
    )

"""通知: what the bell opens."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengyun.kernel.clock import local
from chengyun.messaging import policies
from chengyun.messaging.actions.notices import put_away
from chengyun.messaging.metering.cost import first_of
from chengyun.messaging.metering.usage import package_of
from chengyun.messaging.notices import seen_up_to, warnings_since
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

_SHOWN = timedelta(days=370)


@needs(*policies.COUNTING)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """The warnings of a year, those that were not put away first marked."""
    warnings = warnings_since(first_of(local(request.now).date() - _SHOWN))
    packages = {one.month: package_of(one.month) for one in warnings}
    said = {
        "warnings": warnings,
        "packages": packages,
        "seen": seen_up_to(request.actor),
        "newest": warnings[0].pk if warnings else 0,
    }
    return render(request, "messaging/notices.html", said)


@needs(*policies.COUNTING)
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Put the notices away that were on the page."""
    said = request.POST.get("up_to", "")
    put_away(int(said) if said.isdigit() and len(said) < 10 else 0, actor=request.actor, now=request.now)
    return redirect("messaging:notices")

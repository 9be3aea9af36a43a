"""办理指标: the rates of a period, each of which opens to the orders that it is made of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengyun.cases.process.kinds import Outcome, Satisfaction
from chengyun.cases.vocabulary import AppealType
from chengyun.hotline.handling.figures import Period, Rate, Side, rates_of
from chengyun.hotline.handling.policies import READING_RATES
from chengyun.kernel.clock import SHANGHAI, local
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.access import needs
from chengyun.organisation.queries import unit_tree
from chengyun.organisation.requests import StaffRequest

_PAGE, _MOST_DAYS = 50, 400


@needs(*READING_RATES)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """The rates of orders closed from one day to another, and the orders of one of them."""
    get = request.GET
    first, last = _days(get.get("from", ""), get.get("to", ""), local(request.now).date())
    side = Side(get["side"]) if get.get("side") in set(Side) else Side.DISTRICT
    units = {str(node.id): node.name for node in unit_tree(request.actor)}
    unit = get.get("unit", "") if get.get("unit", "") in units else ""
    kind = AppealType(get["type"]) if get.get("type") in set(AppealType) else None
    narrowed = Q(lead_unit_id=int(unit)) if unit else Q()
    narrowed &= Q(appeal_type=kind) if kind else Q()
    rates = rates_of(
        Period(_midnight(first), _midnight(last + timedelta(days=1))),
        actor=request.actor,
        side=side,
        narrowed=narrowed,
    )
    opened = next((rate for rate in rates if rate.figure == get.get("figure")), None)
    said = {
        "rates": rates,
        "opened": opened,
        "part": "above" if get.get("part") == "above" else "below",
        "first": first.isoformat(),
        "last": last.isoformat(),
        "side": side,
        "sides": list(Side),
        "units": units,
        "unit": unit,
        "kind": kind,
        "kinds": list(AppealType),
        "grades": {grade.value: grade for grade in Satisfaction},
        **_rows(request, opened),
    }
    return render(request, "hotline/handling/rates.html", said)


def _rows(request: StaffRequest, rate: Rate | None) -> dict[str, Any]:
    """A page of the orders above or below the line, the latest closed first."""
    if rate is None:
        return {"page": None}
    above = request.GET.get("part") == "above"
    rows = rate.above if above else rate.below
    rows = rows.select_related("lead_unit").defer("description").order_by("-closed_at", "-id")
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    words = {
        row.pk: (
            _known(Outcome, getattr(row, "_solved", row.outcome)),
            _known(Satisfaction, getattr(row, "_grade", row.satisfaction)),
        )  # the city's word where its rate is open
        for row in found.object_list
    }
    return {"page": found, "words": words, "above_count": rate.above.count()}


def _known(words: type[Labelled], value: str) -> Labelled | None:
    return words(value) if value in set(words) else None


def _days(first: str, last: str, today: date) -> tuple[date, date]:
    """The days that were asked for, in order; else the month so far. At most some four hundred."""
    until = _day(last) or today
    since = _day(first) or until.replace(day=1)
    since, until = min(since, until), max(since, until)
    return max(since, until - timedelta(days=_MOST_DAYS)), until


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)

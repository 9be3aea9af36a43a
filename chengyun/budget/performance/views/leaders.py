"""What a yuan bought, for leaders; and the dated numbers of this part."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.models import PerformanceRow, Scheme
from chengyun.budget.performance import actions
from chengyun.budget.performance.bought import cards, years_declared
from chengyun.budget.performance.forms import RowForm
from chengyun.budget.performance.policies import EDITING, READING
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.saying import number_words
from chengyun.budget.performance.words import RowKind
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*READING)
@require_safe
def bought(request: StaffRequest) -> HttpResponse:
    """Every working form of a budget year (``?of=2024``): money, lights, what was counted for it."""
    years = years_declared(request.actor)
    asked = request.GET.get("of", "")
    year = (
        int(asked) if asked.isdigit() and int(asked) in years else next(iter(years), local(request.now).year)
    )
    found = cards(year, thresholds_on(local(request.now).date()), actor=request.actor)
    said = {"years": years, "year": year, "cards": found, "plain": number_words}
    return render(request, "budget/performance/bought.html", said)


@needs(*READING)
@require_safe
def rows(request: StaffRequest) -> HttpResponse:
    """Schemes, grades, bands and thresholds, with where each comes from."""
    kind = request.GET.get("kind", RowKind.MONITORING)
    kind = kind if kind in set(RowKind) else RowKind.MONITORING.value
    said = {
        "plain": number_words,
        "kind": RowKind(kind),
        "kinds": list(RowKind),
        "rows": PerformanceRow.objects.filter(kind=kind).order_by("position", "name", "-valid_from"),
        "schemes": Scheme.objects.prefetch_related("classes"),
        "today": local(request.now).date(),
        "may_edit": request.actor.holds(*EDITING),
    }
    return render(request, "budget/performance/rows.html", said)


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: StaffRequest, row_id: int) -> HttpResponse:
    """Another number from a day on."""
    found = PerformanceRow.objects.filter(pk=row_id).first()
    if found is None:
        raise NotThere(_("没有这一行。"))
    initial = {
        "value": f"{found.value.normalize():f}", "source": found.source, "provenance": found.provenance, "note": found.note,
    }  # fmt: skip
    return verb_page(
        request,
        RowForm(posted(request), today=local(request.now).date(), initial=initial),
        lambda said: actions.set_row(found.pk, actor=request.actor, now=request.now, **said),
        title=found.text,
        next_step=_("原来的留作历史，到新的一行生效前一天为止。"),
        back=f"{reverse('budget:performance-rows')}?kind={found.kind}",
        done=_("已修改。"),
    )

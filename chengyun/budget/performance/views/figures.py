"""One figure: its formula, both sides, coverage, data version, rows; computed again; entered by hand. Monitoring."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.models import Measurement, Snapshot, Target
from chengyun.budget.performance import actions
from chengyun.budget.performance.forms import EnterForm
from chengyun.budget.performance.layout import promised
from chengyun.budget.performance.periods import periods_of, words_of
from chengyun.budget.performance.policies import EDITING, READING
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.saying import measure_words, number_words, reason_words
from chengyun.budget.performance.standing import latest, standing_of
from chengyun.budget.performance.views.declarations import form_seen, target_seen, year_shown
from chengyun.budget.performance.words import Every, How, Light, Sameness
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.measures import measure
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*READING)
@require_safe
def target(request: StaffRequest, target_id: int) -> HttpResponse:
    """One target with everything that was measured for it."""
    row = target_seen(target_id, request.actor)
    form = row.declaration
    year = year_shown(request, form)
    newest = latest(form, year).get(row.pk)
    history = list(row.measurements.select_related("again_of")[:60])
    said = {
        "plain": number_words,
        "target": row,
        "form": form,
        "year": year,
        "promised": promised(row),
        "standing": standing_of(row, newest, year, thresholds_on(local(request.now).date())),
        "newest": newest,
        "period": words_of(newest.begin, newest.end) if newest else "",
        "history": [(one, words_of(one.begin, one.end)) for one in history],
        "trend": _trend(row, year),
        "source": measure_words(row.measure),
        "offered": measure(row.measure) if row.measure else None,
        "live": How.LIVE,
        "contradiction": next((one for one in history if one.sameness == Sameness.CONTRADICTION), None),
        "may_edit": request.actor.holds(*EDITING),
    }
    return render(request, "budget/performance/target.html", said)


def _trend(row: Target, year: int) -> list[float]:
    """Values of the months of a year that were measured, in order."""
    spans = periods_of(year, Every.MONTH)
    found = {
        one.begin: one.value
        for one in Measurement.objects.filter(
            target=row, begin__in=[begin for begin, _end in spans]
        ).order_by("pk")
        if one.value is not None and (one.begin, one.end) in spans
    }
    return [float(found[begin]) for begin, _end in spans if begin in found]


@needs(*EDITING)
@require_POST
def measure_all(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """Measure every bound target for a year (``year``), then take a snapshot."""
    form = form_seen(declaration_id, request.actor)
    text = request.POST.get("year", "")
    year = int(text) if text.isdigit() else form.fiscal_year
    made, without = actions.measure_declaration(form.pk, year, actor=request.actor, now=request.now)
    actions.take_snapshot(form.pk, year, actor=request.actor, now=request.now)
    scored = sum(1 for one in made if one.value is not None)
    said = _("已测算 %(count)d 项指标，其中 %(scored)d 项有数据；%(without)d 项没有平台数据。") % {
        "count": len(made),
        "scored": scored,
        "without": len(without),
    }
    messages.success(request, said)
    return redirect(f"{reverse('budget:performance-form', args=[form.pk])}?year={year}")


@needs(*EDITING)
@require_POST
def again(request: StaffRequest, measurement_id: int) -> HttpResponse:
    """Compute a figure again."""
    row = Measurement.objects.filter(pk=measurement_id).select_related("target").first()
    if row is None:
        raise NotThere(_("没有这次测算。"))
    target_seen(row.target_id, request.actor)
    made = actions.recompute(measurement_id, actor=request.actor, now=request.now)
    said = messages.error if made.sameness == Sameness.CONTRADICTION else messages.success
    said(request, _("复算完成：%(result)s。") % {"result": Sameness(made.sameness).label})
    return redirect("budget:performance-target", row.target_id)


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest, target_id: int) -> HttpResponse:
    """A value from outside the platform."""
    row = target_seen(target_id, request.actor)
    year = row.declaration.fiscal_year
    return verb_page(
        request,
        EnterForm(posted(request), initial={"begin": f"{year}-01-01", "end": f"{year}-12-31"}),
        lambda said: actions.enter(row.pk, actor=request.actor, now=request.now, **said),
        title=_("人工填报：%(name)s") % {"name": row.name},
        next_step=_("保存后不能改，填错了再填一次，以期末最晚、最后填的一次为准。"),
        back=reverse("budget:performance-target", args=[row.pk]),
        done=_("已填报。"),
    )


@needs(*READING)
@require_safe
def monitor(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """双监控: the newest snapshot in full, and those before it."""
    form = form_seen(declaration_id, request.actor)
    snapshots = list(form.snapshots.all()[:24])
    asked = request.GET.get("at", "")
    shown = next((one for one in snapshots if str(one.pk) == asked), snapshots[0] if snapshots else None)
    said = {
        "plain": number_words,
        "form": form,
        "snapshots": snapshots,
        "shown": shown,
        "parts": [(part, Light(part["light"])) for part in shown.parts] if shown else [],
        "reasons": [reason_words(reason) for reason in shown.reasons] if shown else [],
        "thresholds": _thresholds(shown) if shown else [],
        "year": year_shown(request, form),
        "may_edit": request.actor.holds(*EDITING),
    }
    return render(request, "budget/performance/monitor.html", said)


def _thresholds(shown: Snapshot) -> list[str]:
    """By which numbers the lights were set, in words."""
    said = shown.thresholds
    return [
        _("执行率落后时间进度超过 %(yellow)s 个百分点为关注，超过 %(red)s 个为预警")
        % {"yellow": said["behind_yellow"], "red": said["behind_red"]},
        _("执行率超前时间进度超过 %(yellow)s 个百分点为关注，超过 %(red)s 个为预警")
        % {"yellow": said["ahead_yellow"], "red": said["ahead_red"]},
        _("指标完成低于进度要求的 %(yellow)s%% 为关注，低于 %(red)s%% 为预警")
        % {"yellow": said["attained_yellow"], "red": said["attained_red"]},
    ]

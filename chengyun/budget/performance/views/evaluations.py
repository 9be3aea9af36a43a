"""年末自评: begun, filled in line by line, finished; the official forms as files."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.compiling.document import Form
from chengyun.budget.models import Declaration, Evaluation, EvaluationLine
from chengyun.budget.performance import actions
from chengyun.budget.performance.actions.evaluations import band_names, year_is_over
from chengyun.budget.performance.files import form_docx, form_xlsx
from chengyun.budget.performance.forms import LineForm, SummaryForm
from chengyun.budget.performance.layout import declaration_form, done, evaluation_form, promised
from chengyun.budget.performance.policies import EDITING, READING
from chengyun.budget.performance.saying import number_words
from chengyun.budget.performance.views.declarations import form_seen
from chengyun.budget.performance.words import EvaluationState, Kind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_TYPES: dict[str, tuple[str, Callable[[Form], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", form_docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", form_xlsx),
}


def _seen_by(evaluation_id: int, actor: Actor) -> Evaluation:
    forms = Declaration.objects.seen_by(actor)
    found = (
        Evaluation.objects.filter(pk=evaluation_id, declaration__in=forms)
        .select_related("declaration")
        .first()
    )
    if found is None:
        raise NotThere(_("没有这份自评。"))
    return found


@needs(*EDITING)
@require_POST
def begin(request: StaffRequest, declaration_id: int) -> HttpResponse:
    """Begin one from the measurements there are."""
    made = actions.begin_evaluation(declaration_id, actor=request.actor, now=request.now)
    messages.success(request, _("自评已开始，数值取自最新的测算。"))
    return redirect("budget:evaluation", made.pk)


@needs(*READING)
@require_safe
def page(request: StaffRequest, evaluation_id: int) -> HttpResponse:
    """The form of the self-evaluation."""
    evaluation = _seen_by(evaluation_id, request.actor)
    lines = list(evaluation.lines.select_related("target__scheme_class", "measurement"))
    scored = sum((one.score for one in lines if one.score is not None), evaluation.execution_score or 0)
    can = sum(
        (one.target.weight or 0 for one in lines if one.score is not None),
        evaluation.execution_weight if evaluation.execution_score is not None else 0,
    )
    said = {
        "plain": number_words,
        "evaluation": evaluation,
        "form": evaluation.declaration,
        "lines": [(one, promised(one.target), done(one)) for one in lines],
        "scored": scored,
        "can": can,
        "gaps": [one.target.name for one in lines if one.score is None],
        "open_reasons": [one.target.name for one in lines if one.wants_reason and not one.why],
        "open": evaluation.state == EvaluationState.DRAFT,
        "over": year_is_over(evaluation.declaration, request.now),
        "may_edit": request.actor.holds(*EDITING),
    }
    return render(request, "budget/performance/evaluation.html", said)


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: StaffRequest, line_id: int) -> HttpResponse:
    """What came of one target."""
    row = EvaluationLine.objects.select_related("evaluation", "target").filter(pk=line_id).first()
    if row is None:
        raise NotThere(_("没有这一项。"))
    evaluation = _seen_by(row.evaluation_id, request.actor)
    initial = {
        "seen": evaluation.version, "actual": row.actual, "why": row.why, "evidence": row.evidence,
        "share": row.degree * 100 if row.degree is not None else None,
    }  # fmt: skip
    form = LineForm(
        posted(request),
        bands=band_names(request.now),
        qualitative=row.target.kind == Kind.QUALITATIVE,
        initial=initial,
    )
    return verb_page(
        request,
        form,
        lambda said: actions.fill_line(
            row.pk, actor=request.actor, now=request.now, **{"share": None, "actual": row.actual, **said}
        ),
        title=_("自评：%(name)s") % {"name": row.target.name},
        next_step=_("年度指标值：%(value)s。有数值的指标按测算评分，这里只填原因和依据。")
        % {"value": promised(row.target)},
        back=reverse("budget:evaluation", args=[evaluation.pk]),
        done=_("已填写。"),
    )


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def head(request: StaffRequest, evaluation_id: int) -> HttpResponse:
    """Reason of the execution, and the summary."""
    evaluation = _seen_by(evaluation_id, request.actor)
    initial = {
        "seen": evaluation.version, "execution_why": evaluation.execution_why, "summary": evaluation.summary,
    }  # fmt: skip
    return verb_page(
        request,
        SummaryForm(posted(request), initial=initial),
        lambda said: actions.fill_head(evaluation.pk, actor=request.actor, now=request.now, **said),
        title=_("自评总结：%(name)s") % {"name": evaluation.declaration.name},
        back=reverse("budget:evaluation", args=[evaluation.pk]),
        done=_("已填写。"),
    )


@needs(*EDITING)
@require_POST
def finish(request: StaffRequest, evaluation_id: int) -> HttpResponse:
    """Add up and close."""
    evaluation = _seen_by(evaluation_id, request.actor)
    text = request.POST.get("seen", "")
    seen = int(text) if text.isdigit() else -1
    actions.finish(evaluation.pk, seen=seen, actor=request.actor, now=request.now)
    messages.success(request, _("自评已完成。"))
    return redirect("budget:evaluation", evaluation.pk)


@needs(*READING)
@require_safe
def declaration_file(request: StaffRequest, declaration_id: int, ending: str) -> HttpResponse:
    """申报表 as DOCX or XLSX."""
    form = form_seen(declaration_id, request.actor)
    return _file(declaration_form(form), f"{form.name}-{form.fiscal_year}-绩效目标申报表", ending)


@needs(*READING)
@require_safe
def evaluation_file(request: StaffRequest, evaluation_id: int, ending: str) -> HttpResponse:
    """自评表 as DOCX or XLSX."""
    evaluation = _seen_by(evaluation_id, request.actor)
    form = evaluation.declaration
    return _file(evaluation_form(evaluation), f"{form.name}-{form.fiscal_year}-绩效自评表", ending)


def _file(form: Form, name: str, ending: str) -> HttpResponse:
    if ending not in _TYPES:
        raise NotThere(_("没有这种文件。"))
    kind, make = _TYPES[ending]
    answer = HttpResponse(make(form), content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{ending}"
    answer["Cache-Control"] = "no-store"
    return answer

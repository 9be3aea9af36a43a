"""年末自评: begun from the year's measurements, filled in, finished."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, Evaluation, EvaluationLine
from chengyun.budget.performance.actions.recording import find, put, write_down
from chengyun.budget.performance.money import money_of
from chengyun.budget.performance.periods import year_of
from chengyun.budget.performance.policies import EDITING
from chengyun.budget.performance.rows import bands_on, grades_on, value_on
from chengyun.budget.performance.scoring import execution_degree, far_beyond, grade_of, score_of
from chengyun.budget.performance.standing import degrees_of, latest
from chengyun.budget.performance.words import Deed, EvaluationState, FormState, Kind, RowKind
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere, Refused, Stale
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require


def begin_evaluation(declaration_id: int, *, actor: Actor, now: datetime) -> Evaluation:
    """Begin a self-evaluation of a declared form from the newest measurements of its year.

    A target without a value gets no score. Raises ``NotAllowed``, ``NotThere``, ``Refused``.
    """
    with writing():
        form = find(declaration_id, actor=actor)
        if form.state != FormState.DECLARED:
            raise Refused(_("先申报，再自评。"))
        if form.evaluations.filter(state=EvaluationState.DRAFT).exists():
            raise Refused(_("已有一份自评正在填报。"))
        money = money_of(form, actor=SYSTEM)
        evaluation = Evaluation.objects.create(
            declaration=form, number=form.evaluations.count() + 1, initial_budget=form.requested,
            year_budget=money.budget, spent=money.spent, execution_weight=form.execution_weight,
            execution_score=_execution(money.spent, money.budget, form.execution_weight),
            begun_at=now, begun_by=actor.name,
        )  # fmt: skip
        _lines(evaluation, form, now)
        write_down(form, Deed.EVALUATE, actor=actor, now=now, name=f"{evaluation.number}")
    return evaluation


def _execution(spent: Decimal | None, budget: Decimal, weight: Decimal) -> Decimal | None:
    degree = execution_degree(spent, budget) if spent is not None else None
    return score_of(degree, weight) if degree is not None else None


def _lines(evaluation: Evaluation, form: Declaration, now: datetime) -> None:
    found = latest(form, form.fiscal_year)
    bound = value_on(RowKind.RULE, "far_beyond", local(now).date())
    for target in form.targets.filter(dropped_at=None):
        row = found.get(target.pk)
        degree, _course = degrees_of(target, row, form.fiscal_year)
        over = False
        if row is not None and row.value is not None and target.value is not None and degree is not None:
            over = far_beyond(target.comparator, row.value, target.value, bound)
        EvaluationLine.objects.create(
            evaluation=evaluation, target=target, measurement=row, degree=degree, over=over,
            score=score_of(degree, target.weight or Decimal(0)) if degree is not None else None,
            evidence=row.evidence if row else "",
        )  # fmt: skip


def fill_line(
    line_id: int,
    *,
    seen: int,
    actual: str,
    share: Decimal | None,
    why: str,
    evidence: str,
    actor: Actor,
    now: datetime,
) -> EvaluationLine:
    """Say what came of a target. ``share`` (0 to 100) is for qualitative ones alone and needs evidence;
    a deviation needs its reason. Numbers come from measurements and cannot be typed here.
    """
    require(actor, *EDITING)
    faults: dict[str, str] = {}
    actual = text("actual", actual, 200, faults, required=False)
    why, evidence = (
        text("why", why, 500, faults, required=False),
        text("evidence", evidence, 300, faults, required=False),
    )
    line = EvaluationLine.objects.select_related("evaluation", "target").filter(pk=line_id).first()
    if line is None:
        raise NotThere(_("没有这一项。"))
    wanted: dict[str, object] = {"actual": actual, "why": why, "evidence": evidence}
    if line.target.kind == Kind.QUALITATIVE:
        if share is not None and not 0 <= share <= 100:
            faults["share"] = _("请填 0 到 100 的数。")
        if share is not None and not evidence:
            faults["evidence"] = _("定性指标评分要有依据。")
        if share is not None and not actual:
            faults["actual"] = _("请写明实际完成情况。")
        stop_at(faults)
        degree = share / 100 if share is not None else None
        wanted |= {
            "degree": degree,
            "score": score_of(degree, line.target.weight or Decimal(0)) if degree is not None else None,
        }
    elif share is not None:
        faults["share"] = _("有数值的指标按测算评分，不能填比例。")
    stop_at(faults)
    with writing():
        _turn(line.evaluation, seen)
        put(line, wanted)
    return line


def fill_head(
    evaluation_id: int, *, seen: int, execution_why: str, summary: str, actor: Actor, now: datetime
) -> Evaluation:
    """The reason for an execution below the budget, and the summary."""
    require(actor, *EDITING)
    faults: dict[str, str] = {}
    said = {
        "execution_why": text("execution_why", execution_why, 500, faults, required=False),
        "summary": text("summary", summary, 2000, faults, required=False),
    }
    stop_at(faults)
    with writing():
        evaluation = _find(evaluation_id)
        _turn(evaluation, seen)
        put(evaluation, said)
    return evaluation


def finish(evaluation_id: int, *, seen: int, actor: Actor, now: datetime) -> Evaluation:
    """Add the scores up and close. Every deviation must have its reason.

    The score is the sum of what could be scored, with the weight that could. A grade is given only where no more
    weight than the row ``unscored_allowed`` lacks data: a gap is neither nought nor full marks.
    """
    require(actor, *EDITING)
    today = local(now).date()
    with writing():
        evaluation = _find(evaluation_id)
        lines = list(evaluation.lines.select_related("target"))
        _require_reasons(evaluation, lines)
        _turn(evaluation, seen)
        weights = [line.target.weight or Decimal(0) for line in lines]
        score, scored = Decimal(0), Decimal(0)
        for line, weight in zip(lines, weights, strict=True):
            if line.score is not None:
                score, scored = score + line.score, scored + weight
        if evaluation.execution_score is not None:
            score, scored = score + evaluation.execution_score, scored + evaluation.execution_weight
        lacking = sum(weights, evaluation.execution_weight) - scored
        allowed = value_on(RowKind.RULE, "unscored_allowed", today)
        grade = grade_of(score, scored, grades_on(today)) if lacking <= allowed else ""
        put(evaluation, {
            "score": score, "scored_weight": scored, "grade": grade, "state": EvaluationState.FINISHED,
            "finished_at": now, "finished_by": actor.name,
        })  # fmt: skip
        form = evaluation.declaration
        write_down(form, Deed.FINISH, actor=actor, now=now, name=f"{evaluation.number}")
    return evaluation


def _require_reasons(evaluation: Evaluation, lines: list[EvaluationLine]) -> None:
    open_ones = [line.target.name for line in lines if line.wants_reason and not line.why]
    full = evaluation.execution_score is None or evaluation.execution_score >= evaluation.execution_weight
    if not full and not evaluation.execution_why:
        open_ones.insert(0, _("预算执行率"))
    if open_ones:
        raise Invalid({"summary": _("还要说明偏差原因：%(names)s") % {"names": _("、").join(open_ones)}})


def _find(evaluation_id: int) -> Evaluation:
    found = Evaluation.objects.select_related("declaration").filter(pk=evaluation_id).first()
    if found is None:
        raise NotThere(_("没有这份自评。"))
    return found


def _turn(evaluation: Evaluation, seen: int) -> None:
    if evaluation.state != EvaluationState.DRAFT:
        raise Refused(_("自评已完成，不能再改。"))
    rows = Evaluation.objects.filter(pk=evaluation.pk, version=seen, state=EvaluationState.DRAFT)
    if not rows.update(version=seen + 1):
        raise Stale(_("别人刚刚改过这份自评，请刷新后再改。"))
    evaluation.version = seen + 1


def band_names(now: datetime) -> list[tuple[str, str]]:
    """The bands of the day: what each means, and from which share on."""
    return [(row.text, f"{row.value.normalize():f}%") for row in bands_on(local(now).date())]


def year_is_over(form: Declaration, now: datetime) -> bool:
    """Whether the form's year has ended."""
    return now >= year_of(form.fiscal_year)[1]

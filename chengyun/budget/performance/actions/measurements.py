"""Measurements: computed by the platform, computed again, or entered with evidence. Rows are only ever added."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, Measurement, Target
from chengyun.budget.performance.periods import midnight, year_so_far
from chengyun.budget.performance.policies import EDITING
from chengyun.budget.performance.words import Gathering, How, Kind, Sameness
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.kernel.measures import Measure, Measured, MeasureUnit, measure
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require

_FINE = Decimal("0.0001")


def measure_target(
    target_id: int, begin: datetime, end: datetime, *, actor: Actor, now: datetime
) -> Measurement:
    """Compute a bound target's value for a period and keep it with all it is made of.

    Where there were no data the row says so: its value is None, which is not scored.
    Raises ``NotAllowed``, ``NotThere``, or ``Refused`` where nothing is bound or offered.
    """
    require(actor, *EDITING)
    target = _target(target_id)
    offered = _offered(target)
    if not begin < end <= now:
        raise Refused(_("只能测算已经过去的期间。"))
    found = offered.compute(begin, end)
    with writing():
        return Measurement.objects.create(**_columns(target, offered, found, begin, end, actor, now))


def measure_declaration(
    declaration_id: int, year: int, *, actor: Actor, now: datetime
) -> tuple[list[Measurement], list[Target]]:
    """Measure every bound target for a year so far; the second list are targets without data to be measured by.

    ``year`` may differ from the form's: a rehearsal, which counts in no evaluation. Raises as ``measure_target``.
    """
    require(actor, *EDITING)
    form = Declaration.objects.seen_by(actor).filter(pk=declaration_id).first()
    if form is None:
        raise NotThere(_("没有这份申报表。"))
    span = year_so_far(year, now)
    if span is None:
        raise Refused(_("%(year)s 年还没有过完一天，没有可测算的数据。") % {"year": year})
    made, without = [], []
    for target in form.targets.filter(dropped_at=None):
        if target.measure and measure(target.measure) is not None:
            made.append(measure_target(target.pk, *span, actor=actor, now=now))
        else:
            without.append(target)
    return made, without


def recompute(measurement_id: int, *, actor: Actor, now: datetime) -> Measurement:
    """Compute a figure again over the same period and keep both; the new row says how they compare.

    The same data version must give the same value; another value then is a contradiction and is shown as one.
    """
    require(actor, *EDITING)
    before = Measurement.objects.select_related("target").filter(pk=measurement_id).first()
    if before is None:
        raise NotThere(_("没有这次测算。"))
    if before.how != How.LIVE:
        raise Refused(_("人工填报的数没有可复算的数据，请补充依据或重新填报。"))
    offered = measure(before.measure)
    if offered is None:
        raise Refused(_("平台目前不再提供这项数据，无法复算。"))
    found = offered.compute(before.begin, before.end)
    columns = _columns(before.target, offered, found, before.begin, before.end, actor, now)
    again = sameness_of(before, _scored(offered, found), found)
    with writing():
        return Measurement.objects.create(**columns, again_of=before, sameness=again)


def sameness_of(before: Measurement, value: Decimal | None, found: Measured) -> Sameness:
    """What the second figure says of the first."""
    alike = before.value == value and before.numerator == _rounded(found.numerator)
    alike = alike and before.denominator == _rounded(found.denominator)
    if before.data_version == found.data_version:
        return Sameness.SAME if alike else Sameness.CONTRADICTION
    return Sameness.GROWN if before.value == value else Sameness.CHANGED


def enter(
    target_id: int,
    *,
    begin: date,
    end: date,
    numerator: Decimal | None,
    denominator: Decimal | None,
    moment: date | None,
    evidence: str,
    formula: str,
    actor: Actor,
    now: datetime,
) -> Measurement:
    """Keep a value from outside the platform, with its evidence. ``end`` is the last day of the period.

    A rate takes numerator and denominator, a number the numerator alone, a date its day.
    """
    require(actor, *EDITING)
    target = _target(target_id)
    faults: dict[str, str] = {}
    evidence = text("evidence", evidence, 300, faults)
    formula = text("formula", formula, 400, faults)
    if end < begin:
        faults["end"] = _("不能早于开始日期。")
    if target.kind == Kind.MOMENT and moment is None:
        faults["moment"] = _("请填实际完成日期。")
    if target.kind in (Kind.NUMBER, Kind.RATE) and numerator is None:
        faults["numerator"] = _("请填写此项。")
    if target.kind == Kind.QUALITATIVE:
        raise Invalid({"evidence": _("定性指标在自评时按档次填，不填数值。")})
    if target.kind == Kind.RATE and (denominator is None or denominator <= 0):
        faults["denominator"] = _("比率要填分母，且大于零。")
    if target.gathering and target.gathering != Gathering.LAST and (begin.month, begin.day) != (1, 1):
        faults["begin"] = _("请填从年初起的数，这样才能代表全年：从 1 月 1 日起。")
    if midnight(end + timedelta(days=1)) > now + timedelta(days=1):
        faults["end"] = _("不能填还没有过去的日子。")
    stop_at(faults)
    first, after = midnight(begin), midnight(end + timedelta(days=1))
    value = numerator
    if target.kind == Kind.RATE and numerator is not None and denominator:
        value = numerator * (100 if target.unit == "%" else 1) / denominator
    with writing():
        return Measurement.objects.create(
            target=target, begin=first, end=after, how=How.ENTERED, formula=formula,
            numerator=_rounded(numerator), denominator=_rounded(denominator), coverage=None,
            value=_rounded(value), moment=moment, method=_method("", formula, first, after),
            evidence=evidence, computed_at=now, by_name=actor.name,
        )  # fmt: skip


def _target(target_id: int) -> Target:
    found = Target.objects.filter(pk=target_id, dropped_at=None).first()
    if found is None:
        raise NotThere(_("没有这项指标。"))
    return found


def _offered(target: Target) -> Measure:
    if not target.measure:
        raise Refused(_("“%(name)s”没有绑定平台数据，请人工填报并附依据。") % {"name": target.name})
    offered = measure(target.measure)
    if offered is None:
        raise Refused(_("“%(name)s”绑定的数据目前没有哪个部分提供，暂不评分。") % {"name": target.name})
    return offered


def _columns(
    target: Target, offered: Measure, found: Measured, begin: datetime, end: datetime, actor: Actor, now: datetime
) -> dict[str, object]:  # fmt: skip
    return {
        "target": target,
        "begin": begin,
        "end": end,
        "how": How.LIVE,
        "measure": offered.name,
        "formula": offered.formula,
        "numerator": _rounded(found.numerator),
        "denominator": _rounded(found.denominator),
        "coverage": _rounded(found.coverage),
        "value": _scored(offered, found),
        "data_version": found.data_version,
        "rows": found.rows,
        "method": _method(offered.name, offered.formula, begin, end),
        "computed_at": now,
        "by_name": actor.name,
    }


def _scored(offered: Measure, found: Measured) -> Decimal | None:
    """The value that is kept; None where nothing could be measured."""
    known = found.coverage is not None or offered.unit is not MeasureUnit.PERCENT
    return _rounded(found.value) if known else None


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_FINE, ROUND_HALF_UP)


def _method(name: str, formula: str, begin: datetime, end: datetime) -> str:
    said = "\n".join((name, formula, begin.isoformat(), end.isoformat()))
    return hashlib.sha256(said.encode()).hexdigest()

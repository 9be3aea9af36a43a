"""Whether a form promises something that can be measured: per target, and as a whole.

Sources: catalogue of checks PERF-… of this project; weights after the usual self-evaluation form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, Target
from chengyun.budget.performance.money import money_of
from chengyun.budget.performance.words import Comparator, Gathering, Kind
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.measures import MeasureUnit, measure

_GENERIC = re.compile(
    r"^(确保|保障|保证)?[^，。；]{0,12}(正常|平稳|顺利|有序)[^，。；]{0,6}(运行|开展|进行)[。]?$"
)
_COST, _SATISFACTION, _HUNDRED = "成本指标", "满意度指标", Decimal(100)
_UNITS = {
    MeasureUnit.PERCENT: ("%",),
    MeasureUnit.MESSAGE: ("条",),
    MeasureUnit.YUAN: ("元",),
    MeasureUnit.DAY: ("天",),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend. ``blocks``: the form cannot be declared with it."""

    words: str
    blocks: bool
    target_id: int | None = None


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stand in the way."""
    return [one for one in problems if one.blocks]


def problems_of(form: Declaration) -> list[Problem]:
    """Everything that is wrong or weak, what blocks first."""
    targets = list(form.targets.filter(dropped_at=None).select_related("scheme_class"))
    found = [*_of_the_whole(form, targets)]
    for target in targets:
        if faults := shape_of(target):
            found.append(Problem(_named(target, "".join(faults.values())), True, target.pk))
        if weak := _weak(target):
            found.append(Problem(_named(target, _("；").join(weak)), False, target.pk))
    return sorted(found, key=lambda one: not one.blocks)


def shape_of(target: Target) -> dict[str, str]:
    """Faults of one target by field: measurable, unit, period, direction."""
    if target.kind == Kind.QUALITATIVE:
        if not target.evidence_rule:
            return {"evidence_rule": _("定性指标要写明凭什么判断，如文件、记录、检查结果。")}
        return {}
    if target.kind == Kind.MOMENT:
        return {} if target.moment else {"moment": _("时点指标要填完成日期。")}
    faults: dict[str, str] = {}
    if target.value is None:
        faults["value"] = _("要有数字才可衡量，请填目标值。")
    if not target.comparator:
        faults["comparator"] = _("请写明方向：不低于、不高于、等于或介于。")
    if not target.unit:
        faults["unit"] = _("请填计量单位。")
    if not target.every:
        faults["every"] = _("请填统计周期。")
    if not target.gathering:
        faults["gathering"] = _("请填全年值怎样得出。")
    if target.comparator == Comparator.BETWEEN and (
        target.upper is None or target.value is None or target.upper <= target.value
    ):
        faults["upper"] = _("上限要大于下限。")
    if target.kind == Kind.RATE and target.unit == "%" and target.value is not None:
        if not 0 <= target.value <= _HUNDRED:
            faults["value"] = _("百分比请填 0 到 100 的数。")
        if target.gathering == Gathering.SUM:
            faults["gathering"] = _("比率不能累计，请选分子与分母之比、平均或期末数。")
    return faults | _direction(target)


def _direction(target: Target) -> dict[str, str]:
    level = target.scheme_class.level1
    second = target.scheme_class.level2
    if _COST in (level, second) and target.comparator == Comparator.AT_LEAST:
        return {"comparator": _("成本指标不应写成不低于。")}
    if level == _SATISFACTION and target.comparator == Comparator.AT_MOST:
        return {"comparator": _("满意度指标不应写成不高于。")}
    return {}


def _named(target: Target, words: str) -> str:
    return _("%(name)s：%(words)s") % {"name": target.name, "words": words}


def _weak(target: Target) -> list[str]:
    """What makes a target poor, though it may be declared."""
    found = []
    bound = measure(target.measure) if target.measure else None
    if target.measure and bound is None:
        found.append(_("绑定的数据目前没有哪个部分提供，暂不能评分"))
    elif not target.measure:
        found.append(_("没有绑定平台数据，要人工填报并附依据"))
    counted = target.kind in (Kind.NUMBER, Kind.RATE)
    if bound is not None and counted and target.unit not in _UNITS.get(bound.unit, (target.unit,)):
        found.append(
            _("单位“%(unit)s”与数据的单位“%(other)s”不一致")
            % {"unit": target.unit, "other": bound.unit.label}
        )
    if not target.definition:
        found.append(_("没有写明口径"))
    return found


def _of_the_whole(form: Declaration, targets: list[Target]) -> Iterable[Problem]:
    weights = sum((one.weight or Decimal(0) for one in targets), form.execution_weight)
    missing = [one.name for one in targets if one.weight is None]
    if missing:
        yield Problem(_("没有权重的指标：%(names)s") % {"names": _("、").join(missing)}, True)
    if weights != _HUNDRED:
        yield Problem(
            _("权重合计 %(sum)s，应为 100（含预算执行率 %(execution)s）")
            % {"sum": f"{weights.normalize():f}", "execution": f"{form.execution_weight.normalize():f}"},
            True,
        )
    have = {one.scheme_class.level1 for one in targets}
    wanted = form.scheme.classes.filter(required=True).order_by("position").values_list("level1", flat=True)
    for level in dict.fromkeys(wanted):
        if level not in have:
            yield Problem(_("缺少%(level)s") % {"level": level}, True)
    yield from _goal(form)
    yield from _money(form, targets)


def _goal(form: Declaration) -> Iterable[Problem]:
    if _GENERIC.match(form.goal) or (len(form.goal) < 25 and not re.search(r"\d", form.goal)):
        yield Problem(_("总目标空泛：请写明做什么、做多少、做到什么程度"), False)
    if form.goal == form.goal_of_year:
        yield Problem(_("年度目标照抄总目标"), False)


def _money(form: Declaration, targets: list[Target]) -> Iterable[Problem]:
    if form.total < form.requested:
        yield Problem(_("项目资金总额少于年度资金申请总额"), True)
    ledger = money_of(form, actor=SYSTEM).ledger
    if ledger is not None and ledger != form.requested:
        yield Problem(
            _("申报金额 %(form)s 元，预算台账为 %(ledger)s 元")
            % {"form": f"{form.requested:,.2f}", "ledger": f"{ledger:,.2f}"},
            True,
        )
    named = sum((one.money or Decimal(0) for one in targets), Decimal(0))
    if named > form.requested:
        yield Problem(_("各指标对应的资金之和超过年度金额"), True)
    elif form.requested and named * 10 < form.requested * 9:
        share = (form.requested - named) * 100 / form.requested
        yield Problem(_("%(share)s%% 的资金没有对应的指标") % {"share": f"{share:.0f}"}, False)

"""Calculations (测算): formulas whose inputs are kept beside the result. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengyun.kernel.labelled import Labelled

_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 12


class Formula(Labelled):
    """How an amount may be worked out."""

    RATE_BASE = "rate_base", "基数 × 比例", "Base × rate"
    COUNT_FEE_MONTHS = "count_fee_months", "数量 × 单价 × 月数", "Count × fee × months"
    COUNT_STANDARD = "count_standard", "人数 × 年定额", "Heads × yearly standard"
    PACKAGE = "package", "月费 × 月数 + 超出数量 × 单价", "Fee × months + overage × price"


@dataclass(frozen=True, slots=True)
class Input:
    """One number of a formula."""

    name: str
    label: Promise


INPUTS: dict[Formula, tuple[Input, ...]] = {
    Formula.RATE_BASE: (
        Input("base", gettext_lazy("缴费基数（元/年）")),
        Input("rate", gettext_lazy("比例（%）")),
    ),
    Formula.COUNT_FEE_MONTHS: (
        Input("count", gettext_lazy("数量")),
        Input("fee", gettext_lazy("单价（元/月）")),
        Input("months", gettext_lazy("月数")),
    ),
    Formula.COUNT_STANDARD: (
        Input("heads", gettext_lazy("人数")),
        Input("standard", gettext_lazy("定额（元/人·年）")),
    ),
    Formula.PACKAGE: (
        Input("fee", gettext_lazy("月费（元/月）")),
        Input("months", gettext_lazy("月数")),
        Input("over", gettext_lazy("全年超出数量")),
        Input("price", gettext_lazy("超出单价（元）")),
    ),
}


def read_inputs(formula: Formula, said: Mapping[str, str]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """The numbers of a formula, and what is wrong with those that are none."""
    values: dict[str, Decimal] = {}
    faults: dict[str, str] = {}
    for one in INPUTS[formula]:
        text = str(said.get(one.name, "")).replace(",", "").strip()
        try:
            value = Decimal(text)
        except InvalidOperation:
            faults[one.name] = _("请填数字。")
            continue
        if not value.is_finite() or value < 0 or value > _MOST:
            faults[one.name] = _("请填不小于 0 的数字。")
        values[one.name] = value
    if not faults and values.get("months", Decimal(1)) > 12:
        faults["months"] = _("一年最多 12 个月。")
    return values, faults


def result_of(formula: Formula, values: Mapping[str, Decimal]) -> Decimal:
    """The amount in 元, half up to the cent. Rates are percentages."""
    if formula is Formula.RATE_BASE:
        found = values["base"] * values["rate"] / 100
    elif formula is Formula.COUNT_FEE_MONTHS:
        found = values["count"] * values["fee"] * values["months"]
    elif formula is Formula.COUNT_STANDARD:
        found = values["heads"] * values["standard"]
    else:
        found = values["fee"] * values["months"] + values["over"] * values["price"]
    return found.quantize(_CENT, ROUND_HALF_UP)


def as_said(formula: Formula, inputs: Mapping[str, str]) -> str:
    """A calculation in one line: ``43 × 128 × 12``."""
    n = {name: f"{Decimal(text).normalize():,f}" for name, text in inputs.items()}
    if formula is Formula.RATE_BASE:
        return f"{n['base']} × {n['rate']}%"
    if formula is Formula.COUNT_FEE_MONTHS:
        return f"{n['count']} × {n['fee']} × {n['months']}"
    if formula is Formula.COUNT_STANDARD:
        return f"{n['heads']} × {n['standard']}"
    return f"{n['fee']} × {n['months']} + {n['over']} × {n['price']}"

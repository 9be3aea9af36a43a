"""The history of a contract in the shape of the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengyun.budget.contracts.words import ContractVerb, Feed, ItemKind, PartMonth, Procurement, Verdict
from chengyun.budget.models.contracts import Contract
from chengyun.worktime.limits import Provenance

_FIELDS = {
    "number": gettext_lazy("合同编号"),
    "title": gettext_lazy("合同名称"),
    "service": gettext_lazy("服务"),
    "supplier": gettext_lazy("供应商"),
    "project": gettext_lazy("预算项目"),
    "procurement": gettext_lazy("采购方式"),
    "signed_on": gettext_lazy("签订日期"),
    "begins_on": gettext_lazy("开始日期"),
    "ends_on": gettext_lazy("结束日期"),
    "stopped_on": gettext_lazy("最后一天"),
    "pay_within_days": gettext_lazy("付款天数"),
    "source": gettext_lazy("依据"),
    "provenance": gettext_lazy("可靠程度"),
    "note": gettext_lazy("说明"),
    "name": gettext_lazy("项目"),
    "kind": gettext_lazy("计费方式"),
    "unit": gettext_lazy("单位"),
    "unit_price": gettext_lazy("单价（元）"),
    "quantity": gettext_lazy("约定数量"),
    "included": gettext_lazy("每月包含"),
    "price_above": gettext_lazy("超出部分单价（元）"),
    "cap": gettext_lazy("每月封顶（元）"),
    "part_month": gettext_lazy("合同起止不足一月"),
    "due_month": gettext_lazy("付款月份"),
    "feed": gettext_lazy("使用量"),
    "month": gettext_lazy("账期"),
    "amount": gettext_lazy("金额（元）"),
    "due_on": gettext_lazy("最迟付款日期"),
    "paid_on": gettext_lazy("付款日期"),
    "voucher": gettext_lazy("凭证号"),
    "computed": gettext_lazy("测算"),
    "billed": gettext_lazy("账单"),
    "verdict": gettext_lazy("核对结论"),
    "days_left": gettext_lazy("剩余天数"),
}
_WORDS = {
    "procurement": Procurement,
    "provenance": Provenance,
    "kind": ItemKind,
    "part_month": PartMonth,
    "feed": Feed,
    "verdict": Verdict,
}
_SHOWN = 120


def events_of(contract: Contract) -> list[dict[str, Any]]:
    """What happened, newest first."""
    rows = contract.events.order_by("-id")[:_SHOWN]
    return [
        {
            "moment": row.at,
            "what": " ".join(part for part in (ContractVerb(row.verb).label, row.about) if part),
            "who": row.by_name,
            "why": row.reason,
            "quote": _("；").join(_line(name, pair) for name, pair in row.said.items()),
            "system": row.by_id is None,
            "meaning": "",
            "attachments": (),
        }
        for row in rows
    ]


def _line(name: str, pair: list[Any]) -> str:
    before, after = (_value(name, value) for value in pair)
    label = str(_FIELDS.get(name, name))
    if before:
        return _("%(label)s：%(before)s → %(after)s") % {
            "label": label,
            "before": before,
            "after": after or "–",
        }
    return _("%(label)s：%(after)s") % {"label": label, "after": after or "–"}


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    words = _WORDS.get(name)
    if words is not None and value in set(words):
        return words(value).label
    return str(value)

"""One row of a file of usage, as a value or as a reject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.contracts.months import first_of, month_of
from chengyun.budget.models.contracts import ContractItem
from chengyun.hotline.imports.reading import SourceRow

MOST_ROWS = 5000
COLUMNS: dict[str, tuple[str, ...]] = {
    "contract": ("合同编号", "合同", "contract"),
    "item": ("项目", "计费项目", "item"),
    "month": ("月份", "账期", "month"),
    "quantity": ("数量", "使用量", "在用数量", "条数", "quantity"),
    "reference": ("依据", "来源", "备注", "reference"),
}


@dataclass(frozen=True, slots=True)
class UsageRow:
    """A row that can be used."""

    item: ContractItem
    month: date
    quantity: Decimal
    reference: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot: what is wrong, by field."""

    line: int
    faults: dict[str, str]
    values: Mapping[str, Any]

    def lines(self) -> list[dict[str, Any]]:
        """One entry a fault: line, field (as its heading is called), reason, the row as it was."""
        raw = " | ".join(f"{name}={value}" for name, value in self.values.items())
        return [
            {
                "line": self.line,
                "field": COLUMNS[name][0] if name in COLUMNS else "",
                "reason": why,
                "row": raw,
            }
            for name, why in self.faults.items()
        ]


def read_row(row: SourceRow, items: Mapping[tuple[str, str], ContractItem]) -> UsageRow | Reject:
    """Read one row; every fault is told at once."""
    if row.problem:
        return Reject(row.line, {"row": row.problem}, row.values)
    said = {name: _cell(row.values, words) for name, words in COLUMNS.items()}
    faults: dict[str, str] = {}
    item = items.get((_words(said["contract"]), _words(said["item"])))
    if item is None:
        known = any(number == _words(said["contract"]) for number, _name in items)
        faults["item" if known else "contract"] = (
            _("这份合同没有“%(name)s”这个项目。") % {"name": _words(said["item"])}
            if known
            else _("没有编号为“%(number)s”的合同。") % {"number": _words(said["contract"])}
        )
    month = _month(said["month"])
    if month is None:
        faults["month"] = _("“%(said)s”不是月份，请写成 2026-11。") % {"said": _words(said["month"])}
    quantity = _number(said["quantity"])
    if quantity is None:
        faults["quantity"] = _("“%(said)s”不是数量，请填数字，最多两位小数。") % {
            "said": _words(said["quantity"])
        }
    if faults or item is None or month is None or quantity is None:
        return Reject(row.line, faults, row.values)
    return UsageRow(item, month, quantity, _words(said["reference"])[:200])


def _cell(values: Mapping[str, Any], words: tuple[str, ...]) -> Any:
    return next((values[word] for word in words if word in values), None)


def _words(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _month(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return first_of(cell.date())
    return first_of(cell) if isinstance(cell, date) else month_of(_words(cell))


def _number(cell: Any) -> Decimal | None:
    try:
        number = Decimal(_words(cell).replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        return None
    rounded = number.quantize(Decimal("0.01"))
    return rounded if rounded == number else None

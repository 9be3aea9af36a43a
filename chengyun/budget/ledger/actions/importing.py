"""Lines and months of execution from a table: what can be read is written as one act, the rest is handed back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.actions.amounts import faults_of
from chengyun.budget.ledger.actions.execution import enter_execution
from chengyun.budget.ledger.actions.writing import any_stage, change, open_budget
from chengyun.budget.ledger.amounts import amount_of, plain
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.ledger.state import Value, get
from chengyun.budget.models.history import Deed
from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.rejects import Rejects
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.labelled import Labelled
from chengyun.kernel.writing import writing

# The names beside the codes are for the reader and are not read back.
COLUMNS = (
    "支出性质", "功能科目编码", "功能科目名称", "经济科目编码", "经济科目名称", "项目编码", "项目名称",
    "资金来源", "资金性质", "金额", "备注",
)  # fmt: skip
WANTED = frozenset({"支出性质", "功能科目编码", "金额"})
EXECUTION_COLUMNS = ("月份", "项目编码", "项目名称", "金额")
_EXECUTION_WANTED = frozenset({"月份", "金额"})
_FIELDS = {
    "kind": "支出性质", "func_code": "功能科目编码", "eco_code": "经济科目编码", "project": "项目编码",
    "source": "资金来源", "fund": "资金性质", "amount": "金额", "month": "月份",
}  # fmt: skip
MOST_ROWS = 5000


@dataclass(slots=True)
class Taken:
    """What became of a file. ``rejected`` are line, field and reason of the first hundred wrong fields."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    refused: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


@writing()
def import_lines(budget_id: int, path: Path, rejects: Path, *, actor: Actor, now: datetime) -> Taken:
    """Set the amounts of the lines in a table; lines that it does not name stay as they are.

    One undo takes the whole import back. A line twice in the file is handed back the second time. Raises
    ``Refused`` if the file cannot be read or the budget is locked.
    """
    budget = open_budget(budget_id, actor=actor)
    done, wanted = Taken(), dict[str, Value]()
    with Rejects(rejects) as bad:
        for row in rows_of(path, "auto", set(WANTED), lambda _more: None):
            done.read += 1
            try:
                key, amount, note = _said(row, done.read)
                if faults := faults_of(budget, key):
                    raise Invalid(faults)
                if str(key) in wanted:
                    raise Invalid({"func_code": _("与前面一行相同。")})
            except Invalid as error:
                _hand_back(done, bad, row, error)
                continue
            before = get(budget, str(key)) or {"note": ""}
            same = before.get("amount") == plain(amount)
            value = {
                "amount": plain(amount),
                "calculation": before.get("calculation") if same else None,
                "note": note or before["note"],
            }
            wanted[str(key)] = value
    written = change(budget, Deed.IMPORT, wanted.items(), actor=actor, now=now)
    done.written = len(written)
    done.unchanged = len(wanted) - len(written)
    return done


def _said(row: SourceRow, number: int) -> tuple[LineKey, Decimal, str]:
    _readable(row, number)
    faults: dict[str, str] = {}
    kind = _choice(LineKind, row, "kind", LineKind.BASIC, faults)
    source = _choice(Source, row, "source", Source.GRANT, faults)
    fund = _choice(Fund, row, "fund", Fund.GENERAL if source is Source.GRANT else Fund.NONE, faults)
    amount = _amount(row, faults)
    if faults:
        raise Invalid(faults)
    text = {name: _text(row, column) for name, column in _FIELDS.items()}
    key = LineKey(kind, text["func_code"], text["eco_code"], source, fund, text["project"])
    return key, amount, _text(row, "备注")[:200]


def _readable(row: SourceRow, number: int) -> None:
    if row.problem:
        raise Invalid({"row": row.problem})
    if number > MOST_ROWS:
        raise Invalid({"row": _("一次最多 %(most)d 行，请分次导入。") % {"most": MOST_ROWS}})


def _text(row: SourceRow, column: str) -> str:
    value: Any = row.values.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps codes as numbers
    return "" if value is None else str(value).strip()


def _choice(kind: Any, row: SourceRow, name: str, default: Labelled, faults: dict[str, str]) -> Any:
    text = _text(row, _FIELDS[name])
    if not text:
        return default
    for member in kind:
        if text in (member.zh, member.en, member.value):
            return member
    offered = _("、").join(member.zh for member in kind)
    faults[name] = _("“%(text)s”不在其中：%(offered)s") % {"text": text[:30], "offered": offered}
    return default


def _amount(row: SourceRow, faults: dict[str, str]) -> Decimal:
    value = row.values.get("金额")
    # A spreadsheet's number is binary: its shortest decimal form is what was typed.
    text = repr(round(value, 2)) if isinstance(value, float) else _text(row, "金额")
    if isinstance(value, float) and abs(round(value, 2) - value) > 1e-6:
        faults["amount"] = _("金额多于两位小数：%(text)s") % {"text": value}
    try:
        return amount_of(text)
    except ValueError as error:
        faults["amount"] = str(error)
        return Decimal(0)


def _hand_back(done: Taken, bad: Rejects, row: SourceRow, error: Invalid) -> None:
    told = {_FIELDS.get(name, name): text for name, text in error.fields.items()}
    bad.write(row, told)
    done.refused += 1
    done.rejected = (done.rejected + [(row.line, name, text) for name, text in told.items()])[:100]


@writing()
def import_execution(budget_id: int, path: Path, rejects: Path, *, actor: Actor, now: datetime) -> Taken:
    """Enter months of execution from a table; an empty 项目编码 is basic expenditure. Errors as for lines."""
    any_stage(budget_id, actor=actor)
    done = Taken()
    with Rejects(rejects) as bad:
        for row in rows_of(path, "auto", set(_EXECUTION_WANTED), lambda _more: None):
            done.read += 1
            try:
                _readable(row, done.read)
                faults: dict[str, str] = {}
                amount, month = _amount(row, faults), _text(row, "月份").removesuffix("月")
                if not month.isdigit():
                    faults["month"] = _("请填 1 到 12 月。")
                if faults:
                    raise Invalid(faults)
                code = _text(row, "项目编码")
                count = enter_execution(budget_id, int(month), {code: amount}, actor=actor, now=now)
            except Invalid as error:
                _hand_back(done, bad, row, error)
                continue
            done.written += count
            done.unchanged += 1 - count
    return done

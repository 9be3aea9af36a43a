"""Type amounts: of a line, of an income; work one out; take a line away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.actions.writing import change, open_budget
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.calculations import Formula, read_inputs, result_of
from chengyun.budget.ledger.codes import codes_of
from chengyun.budget.ledger.keys import LineKey, income_key
from chengyun.budget.ledger.state import get
from chengyun.budget.models.history import Deed
from chengyun.budget.models.ledger import Budget, Calculation
from chengyun.budget.models.projects import ProjectYear
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere, Stale
from chengyun.kernel.writing import writing

_NOTE = 200


@writing()
def set_amount(
    budget_id: int, key: LineKey, amount: Decimal, *, seen: Decimal | None = None, actor: Actor, now: datetime
) -> None:
    """Type the amount of a line that is there. ``seen`` is what the page showed, so that nobody overwrites another.

    A calculation no longer stands behind an amount that was typed. Raises ``NotThere``, ``Stale``, ``Refused``.
    """
    budget = open_budget(budget_id, actor=actor)
    before = get(budget, str(key))
    if before is None:
        raise NotThere(_("没有这一行，请刷新页面。"))
    _still(seen, Decimal(before["amount"]))
    if Decimal(before["amount"]) != amount:
        value = {**before, "amount": plain(amount), "calculation": None}
        change(budget, Deed.AMOUNT, [(str(key), value)], actor=actor, now=now)


def _still(seen: Decimal | None, is_now: Decimal) -> None:
    if seen is not None and seen != is_now:
        raise Stale(_("这一项已被他人改为 %(amount)s 元，请刷新页面后再填。") % {"amount": f"{is_now:,.2f}"})


@writing()
def add_line(
    budget_id: int, key: LineKey, amount: Decimal, *, note: str = "", actor: Actor, now: datetime
) -> None:
    """A new leaf. Only leaf codes of the year are taken. Raises ``Invalid`` (func_code, eco_code, …), ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    faults = faults_of(budget, key)
    if not faults and get(budget, str(key)) is not None:
        faults["eco_code" if key.kind is LineKind.BASIC else "project"] = _("已有这一行，请直接改它的金额。")
    if len(note) > _NOTE:
        faults["note"] = _("太长：最多 %(longest)s 个字。") % {"longest": _NOTE}
    if faults:
        raise Invalid(faults)
    value = {"amount": plain(amount), "calculation": None, "note": note.strip()}
    change(budget, Deed.AMOUNT, [(str(key), value)], actor=actor, now=now)


def faults_of(budget: Budget, key: LineKey) -> dict[str, str]:
    """What is wrong with a key in this budget, by field."""
    codes, faults = codes_of(budget.fiscal_year), {}
    if not codes.is_function(key.func_code):
        faults["func_code"] = _("不是 %(year)s 年的项级功能科目（7 位）：%(code)s") % {
            "year": budget.fiscal_year,
            "code": key.func_code or _("未填"),
        }
    if not codes.is_economic(key.eco_code) and (key.eco_code or key.kind is LineKind.BASIC):
        faults["eco_code"] = _("不是 %(year)s 年的款级经济科目（5 位）：%(code)s") % {
            "year": budget.fiscal_year,
            "code": key.eco_code or _("未填"),
        }
    if (key.source is Source.GRANT) == (key.fund is Fund.NONE):
        faults["fund"] = _("财政拨款须选一种预算，其他来源选“非财政拨款”。")
    if (key.kind is LineKind.PROJECT) != bool(key.project):
        faults["project"] = _("项目支出须选项目，基本支出不选。")
    elif key.project and not ProjectYear.objects.filter(budget=budget, project__code=key.project).exists():
        faults["project"] = _("本年预算没有这个项目：%(code)s") % {"code": key.project}
    return faults


@writing()
def remove_line(budget_id: int, key: LineKey, *, actor: Actor, now: datetime) -> None:
    """Take a line away; the history keeps it and undo brings it back."""
    budget = open_budget(budget_id, actor=actor)
    if get(budget, str(key)) is None:
        raise NotThere(_("没有这一行，请刷新页面。"))
    change(budget, Deed.AMOUNT, [(str(key), None)], actor=actor, now=now)


@writing()
def calculate(
    budget_id: int, key: LineKey, formula: str, inputs: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Calculation:
    """Work a line's amount out and keep how. Raises ``Invalid`` (formula, the inputs), ``NotThere``, ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    before = get(budget, str(key))
    if before is None:
        raise NotThere(_("没有这一行，请刷新页面。"))
    if formula not in set(Formula):
        raise Invalid({"formula": _("请从列出的公式中选。")})
    wanted = Formula(formula)
    values, faults = read_inputs(wanted, inputs)
    if faults:
        raise Invalid(faults)
    made = Calculation.objects.create(
        formula=wanted,
        inputs={name: str(value) for name, value in values.items()},
        result=result_of(wanted, values),
        made_at=now,
        made_by=actor.name,
    )
    value = {**before, "amount": plain(made.result), "calculation": made.pk}
    change(budget, Deed.CALCULATE, [(str(key), value)], actor=actor, now=now)
    return made


@writing()
def set_income(
    budget_id: int,
    source: Source,
    fund: Fund,
    amount: Decimal,
    *,
    carried_over: bool = False,
    seen: Decimal | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Type the income of a source; 0 takes it away. Raises ``Stale``, ``Invalid`` (fund), ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    if (source is Source.GRANT) == (fund is Fund.NONE):
        raise Invalid({"fund": _("财政拨款须选一种预算，其他来源选“非财政拨款”。")})
    key = income_key(source, fund, carried_over)
    _still(seen, Decimal(get(budget, key) or "0.00"))
    value = plain(amount) if amount else None
    change(budget, Deed.INCOME, [(key, value)], actor=actor, now=now)

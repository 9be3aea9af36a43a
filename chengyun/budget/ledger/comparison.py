"""This year against last year: figures, classes, economic codes, projects, and where a reason is asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.compiling.figures import changes, unexplained
from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.kinds import Figure, LineKind

_SHOWN = (Figure.INCOME, Figure.SPENDING, Figure.BASIC, Figure.PROJECT)
# The published text tells how these changed, and why.
_TOLD = (
    Figure.INCOME_GRANT,
    Figure.GENERAL,
    Figure.GOVERNMENT,
    Figure.STATE_CAPITAL,
    Figure.THREE_PUBLIC,
    Figure.ABROAD,
    Figure.VEHICLES,
    Figure.VEHICLE_PURCHASE,
    Figure.VEHICLE_RUNNING,
    Figure.RECEPTION,
    Figure.OPERATING_COST,
)
# The page asks for the reason of 财政拨款 once, at the income.
_ASKED_AT = {Figure.SPENDING_GRANT: Figure.INCOME_GRANT}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in both years. ``prior`` is None where last year's is not known.

    ``moved`` asks for a reason; ``due`` keeps the budget from going out until there is one.
    """

    key: str
    code: str
    name: str
    now: Decimal
    prior: Decimal | None
    reason: str = ""
    moved: bool = False
    due: bool = False

    @property
    def difference(self) -> Decimal | None:
        """This year less last year, in 元."""
        return None if self.prior is None else self.now - self.prior

    @property
    def share(self) -> Decimal | None:
        """The change as a share of last year; None where that was nothing or is not known."""
        return None if not self.prior else (self.now - self.prior) / self.prior

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for and not there."""
        return self.moved and not self.reason


def compare(facts: BudgetFacts) -> dict[str, list[Row]]:
    """The changes in four parts: ``figures``, ``functions`` (类), ``economics`` (款, basic), ``projects``."""
    names = {one.code: one.name for one in (*(facts.prior.projects if facts.prior else ()), *facts.projects)}
    return {
        "figures": _figures(facts),
        "functions": _by(facts, "func", lambda line: line.func_code[:3], facts.functions),
        "economics": _by(facts, "eco", _basic_code, facts.economics),
        "projects": _by(facts, "project", lambda line: line.project, names),
    }


def due(facts: BudgetFacts) -> list[Figure]:
    """The figures told in the text that changed and still want their reason."""
    found = (_ASKED_AT.get(one.figure, one.figure) for one in unexplained(facts))
    return list(dict.fromkeys(found))


def _figures(facts: BudgetFacts) -> list[Row]:
    found, wanted = changes(facts), due(facts)
    return [
        Row(
            figure.value,
            "",
            figure.label,
            found[figure].now,
            found[figure].before,
            found[figure].reason,
            moved=figure in wanted or (figure in _TOLD and bool(found[figure].by)),
            due=figure in wanted,
        )
        for figure in (*_SHOWN, *_TOLD)
    ]


def _basic_code(line: Line) -> str:
    return line.eco_code if line.kind is LineKind.BASIC else ""


def _by(facts: BudgetFacts, kind: str, code_of: Callable[[Line], str], names: Mapping[str, str]) -> list[Row]:
    now = _sums(facts.lines, code_of)
    before = _sums(facts.prior.lines, code_of) if facts.prior else None
    rows = []
    for code in sorted({*now, *(before or ())}):
        key, prior = f"{kind}:{code}", None if before is None else before.get(code, NIL)
        amount = now.get(code, NIL)
        moved = prior is not None and prior != amount
        rows.append(Row(key, code, names.get(code, code), amount, prior, facts.reasons.get(key, ""), moved))
    return rows


def _sums(lines: Iterable[Line], code_of: Callable[[Line], str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if code := code_of(line):
            found[code] = found.get(code, NIL) + line.amount
    return found

"""This year against last year: figures, classes, economic codes, projects, and where a reason is asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.kinds import Figure, LineKind
from chengyun.budget.ledger.figures import figures, prior_of

_WAN = Decimal(10_000)
# Of these the published text tells the change, so a reason must be there before the budget goes out.
TOLD = (
    Figure.INCOME_GRANT,
    Figure.GENERAL,
    Figure.GOVERNMENT,
    Figure.STATE_CAPITAL,
    Figure.ABROAD,
    Figure.VEHICLE_PURCHASE,
    Figure.VEHICLE_RUNNING,
    Figure.RECEPTION,
)
_SHOWN = (Figure.INCOME, Figure.SPENDING, Figure.BASIC, Figure.PROJECT, *TOLD, Figure.OPERATING_COST)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of both years. ``prior`` is None where last year's is not known."""

    key: str
    name: str
    now: Decimal
    prior: Decimal | None
    reason: str = ""
    told: bool = False  # the published text tells it

    @property
    def difference(self) -> Decimal | None:
        """This year less last year."""
        return None if self.prior is None else self.now - self.prior

    @property
    def share(self) -> Decimal | None:
        """The change as a share of last year; None where that was nothing or is not known."""
        return None if not self.prior else (self.now - self.prior) / self.prior

    @property
    def moved(self) -> bool:
        """Whether it changed: told figures as the text shows them, in 万元 to two decimals."""
        if self.prior is None:
            return False
        return wan(self.now) != wan(self.prior) if self.told else self.now != self.prior

    @property
    def lacks_reason(self) -> bool:
        """Whether a reason is asked for and not there."""
        return self.moved and not self.reason


def wan(amount: Decimal) -> Decimal:
    """元 as 万元 to two decimals, half up."""
    return (amount / _WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)


def compare(facts: BudgetFacts) -> dict[str, list[Change]]:
    """The changes in four parts: ``figures``, ``functions`` (类), ``economics`` (款, basic), ``projects``."""
    return {
        "figures": _figures(facts),
        "functions": _by(facts, "func", lambda line: line.func_code[:3], facts.functions),
        "economics": _by(facts, "eco", _basic_code, facts.economics),
        "projects": _by(facts, "project", lambda line: line.project, _project_names(facts)),
    }


def lacking(facts: BudgetFacts) -> list[Change]:
    """The figures told in the text that changed without a reason."""
    return [one for one in _figures(facts) if one.told and one.lacks_reason]


def _figures(facts: BudgetFacts) -> list[Change]:
    now, before = figures(facts), prior_of(facts)
    return [
        Change(
            figure.value,
            figure.label,
            now[figure],
            before.get(figure),
            facts.reasons.get(figure, ""),
            figure in TOLD,
        )
        for figure in _SHOWN
    ]


def _basic_code(line: Line) -> str:
    return line.eco_code if line.kind is LineKind.BASIC else ""


def _project_names(facts: BudgetFacts) -> dict[str, str]:
    before = facts.prior.projects if facts.prior else ()
    return {one.code: one.name for one in (*before, *facts.projects)}


def _by(
    facts: BudgetFacts, kind: str, code_of: Callable[[Line], str], names: Mapping[str, str]
) -> list[Change]:
    now = _sums(facts.lines, code_of)
    before = _sums(facts.prior.lines, code_of) if facts.prior else None
    return [
        Change(
            f"{kind}:{code}",
            names.get(code, code),
            now.get(code, NIL),
            None if before is None else before.get(code, NIL),
            facts.reasons.get(f"{kind}:{code}", ""),
        )
        for code in sorted({*now, *(before or ())})
    ]


def _sums(lines: Iterable[Line], code_of: Callable[[Line], str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if code := code_of(line):
            found[code] = found.get(code, NIL) + line.amount
    return found

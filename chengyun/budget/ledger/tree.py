"""The ledger as a tree of codes with amounts per column, this year beside last year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.compiling.rows import NIL, BudgetFacts, Line
from chengyun.budget.kinds import LineKind

STAFF = ("301", "303")


@dataclass(slots=True)
class Node:
    """A code with its sums. ``first`` and ``second`` are 基本 and 项目, by economic code 人员 and 公用."""

    code: str
    name: str
    level: int
    first: Decimal = NIL
    second: Decimal = NIL
    prior: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """Both columns."""
        return self.first + self.second

    @property
    def difference(self) -> Decimal | None:
        """This year less last year."""
        return None if self.prior is None else self.total - self.prior


def by_function(facts: BudgetFacts) -> list[Node]:
    """类 款 项 in the order of the codes, then the sum of all (code "")."""
    return _tree(
        facts,
        lambda line: line.func_code,
        (3, 5, 7),
        facts.functions,
        lambda line: line.kind is LineKind.BASIC,
    )


def by_economic(facts: BudgetFacts) -> list[Node]:
    """类 款 of basic expenditure, then the sum of all (code "")."""
    return _tree(
        facts,
        lambda line: line.eco_code if line.kind is LineKind.BASIC else "",
        (3, 5),
        facts.economics,
        lambda line: line.eco_code[:3] in STAFF,
    )


def _tree(
    facts: BudgetFacts,
    code_of: Callable[[Line], str],
    widths: tuple[int, ...],
    names: Mapping[str, str],
    is_first: Callable[[Line], bool],
) -> list[Node]:
    nodes: dict[str, Node] = {}

    def node(code: str) -> Node:
        if code not in nodes:
            level = widths.index(len(code)) + 1 if code else 0
            nodes[code] = Node(code, names.get(code, ""), level, prior=NIL if facts.prior else None)
        return nodes[code]

    for above, line in _steps(facts.lines, code_of, widths):
        found = node(above)
        if is_first(line):
            found.first += line.amount
        else:
            found.second += line.amount
    for above, line in _steps(facts.prior.lines if facts.prior else (), code_of, widths):
        found = node(above)
        found.prior = (found.prior or NIL) + line.amount
    node("")
    return [nodes[code] for code in sorted(nodes) if code] + [nodes[""]]


def _steps(
    lines: Iterable[Line], code_of: Callable[[Line], str], widths: tuple[int, ...]
) -> Iterable[tuple[str, Line]]:
    for line in lines:
        if code := code_of(line):
            yield "", line
            for width in widths:
                yield code[:width], line

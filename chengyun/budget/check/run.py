"""One budget through all rules."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from chengyun.budget.check.catalogue import Severity, Status, checks
from chengyun.budget.check.document import Budget
from chengyun.budget.check.findings import Book, Finding
from chengyun.budget.check.open import open_budget

RULES = (
    "numbers",
    "coding",
    "sums",
    "narrative",
    "changes",
    "public_costs",
    "staff",
    "structure",
    "wording",
    "organisation",
    "projects",
    "contracts",
    "performance",
    "habits",
)


def check_file(path: Path, prior: Path | None = None) -> list[Finding]:
    """Read and check a budget; raise ``Unreadable`` where that is not possible."""
    return check(open_budget(path), open_budget(prior) if prior else None)


def check(budget: Budget, prior: Budget | None = None, rules: tuple[str, ...] = RULES) -> list[Finding]:
    """Findings in the order of their weight and of the catalogue, then what passed or does not apply."""
    book = Book(budget, prior)
    for name in rules:
        import_module(f"chengyun.budget.check.rules.{name}").run(book)
    return [*sorted(book.found, key=_weight), *book.outcomes()]


def _weight(finding: Finding) -> tuple[int, int, int, int]:
    place = finding.place
    where = (place.page * 100_000 + place.line) if place else 0
    if place and place.box:
        where += int(place.box[1])
    order = list(checks())
    return (
        0 if finding.status is Status.FAIL else 1,
        list(Severity).index(finding.severity),
        order.index(finding.id),
        where,
    )

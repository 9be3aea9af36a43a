"""Short ways to ask a report, and the mutation that every amount cell must survive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chengyun.budget.check.amounts import read_amount
from chengyun.budget.check.document import Budget, Cell
from chengyun.budget.check.findings import Finding, flat
from chengyun.budget.check.run import check, check_file

NUMERIC = ("numbers", "coding", "sums", "narrative", "public_costs")


def failed(path: Path, prior: Path | None = None) -> list[Finding]:
    """Everything that failed, consequences included."""
    return [finding for finding in flat(check_file(path, prior)) if finding.status == "fail"]


def blocking(findings: list[Finding]) -> list[tuple[str, int | None, str, str]]:
    """Ids and cells of the F and E among them."""
    return [(one.id, one.table, one.row, one.column) for one in findings if one.severity in "FE"]


def spoilt(raw: str) -> str:
    """The amount with its first digit altered."""
    match = re.search(r"\d", raw)
    assert match is not None
    digit = "8" if match[0] == "9" else str(int(match[0]) + 1)
    return raw[: match.start()] + digit + raw[match.end() :]


def unnoticed(budget: Budget) -> Iterator[Cell]:
    """Amount cells whose first digit may change without a new F or E: there must be none."""
    before = _loud(budget)
    for table in budget.tables.values():
        for cell in table.cells():
            if not re.search(r"\d", cell.written.raw):
                continue
            kept, cell.written = cell.written, read_amount(spoilt(cell.written.raw))
            if not _loud(budget) - before:
                yield cell
            cell.written = kept


def _loud(budget: Budget) -> set[tuple[str, int | None, str, str, str, str]]:
    return {
        (one.id, one.table, one.row, one.column, str(one.left), str(one.right))
        for one in flat(check(budget, rules=NUMERIC))
        if one.status == "fail" and one.severity in "FE"
    }


def told(findings: list[Finding]) -> list[str]:
    """Findings without their places, for comparing two renderings of one document."""
    return sorted(
        f"{one.id} {one.status} {one.severity} {one.table} {one.zh} {one.left} {one.right}"
        for one in flat(findings)
    )

"""All equations: ROW, HIER, TOT, SUM, BAL, X-…, SG-01; findings grouped by their cause."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chengyun.budget.check.across import between_tables, only_grants
from chengyun.budget.check.amounts import Lex, money
from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.document import Cell
from chengyun.budget.check.findings import Book, Finding
from chengyun.budget.check.grouping import Cause, Causes
from chengyun.budget.check.identities import Identity, own_tables
from chengyun.budget.check.source import Place

_ORDER = ("HIER", "ROW", "SUM", "SG", "TOT", "BAL", "X")


def run(book: Book) -> None:
    """Ask every equation, then put those with one cause under one finding."""
    identities = [*own_tables(book.budget), *between_tables(book.budget)]
    failed: dict[Identity, Finding] = {}
    rounded: list[Finding] = []
    for identity in identities:
        residual = identity.residual()
        if residual == 0:
            book.ok(identity.check)
        elif identity.holds():
            rounded.append(_fail(book, identity, Severity.INFO))
        else:
            failed[identity] = _fail(book, identity, None)
    if rounded:  # one habit, not as many findings as there are sums
        rounded[0].consequences += rounded[1:]
        book.found = [finding for finding in book.found if finding not in rounded[1:]]
    causes = Causes(identities)
    for cause in causes.find():
        _group(book, cause, failed)
    _confirm(book, causes, identities)
    if {3, 5} <= set(book.budget.tables) and not only_grants(book.budget):
        said = (
            "收入含非财政拨款，表3与表5无法逐格核对",
            "Income beyond grants: tables 3 and 5 are not compared",
        )
        book.defer("X-T3T5", *said)


def _fail(book: Book, identity: Identity, severity: Severity | None) -> Finding:
    left = sum((cell.amount for cell in identity.left), Decimal(0))
    right = sum((cell.amount for cell in identity.right), Decimal(0))
    column = f"“{identity.column}”" if identity.column else ""
    row = f"“{identity.row}”行" if identity.row else ""
    known = [cell.place for cell in identity.cells if cell.place != Place()]
    return book.fail(
        identity.check,
        f"表{identity.table}{row}{column}为{money(left)}元，{identity.words[0]}为{money(right)}元，"
        f"差{money(left - right)}元",
        f"Table {identity.table}, {identity.row} {identity.column}: {money(left)} 元, but {identity.words[1]} is"
        f" {money(right)} 元; difference {money(left - right)} 元",
        severity=severity,
        table=identity.table,
        row=identity.row,
        column=identity.column,
        place=known[0] if known else None,
        left=left,
        right=right,
        cells=identity.cells,
    )


def _rank(identity: Identity, cause: Cause) -> tuple[int, int]:
    order = next(index for index, word in enumerate(_ORDER) if identity.check.startswith(word))
    return (0 if identity.left == (cause.cell,) else 1, order)


def _group(book: Book, cause: Cause, failed: dict[Identity, Finding]) -> None:
    below = [
        failed[identity]
        for identity in sorted(cause.mended, key=lambda one: _rank(one, cause))
        if identity in failed
    ]
    root = _malformed(book, cause.cell) if cause.cell.written.lex is Lex.MALFORMED else None
    if root is None and below:
        root = below.pop(0)
    if root is None:
        return
    root.repair = repair(cause.values, len(cause.mended))
    root.consequences += below
    book.found = [finding for finding in book.found if finding not in below]


def _malformed(book: Book, cell: Cell) -> Finding | None:
    return next((one for one in book.found if one.id == "NUM-01" and one.cells == (cell,)), None)


def _confirm(book: Book, causes: Causes, identities: list[Identity]) -> None:
    """A malformed number whose digits satisfy its equations: they say how it is to be written."""
    for finding in book.found:
        if finding.id != "NUM-01" or finding.repair is not None or not finding.cells:
            continue
        cell = finding.cells[0]
        holding = [one for one in causes.by_cell[cell] if one.holds(causes.changed)]
        if holding and cell.written.naive is not None:
            finding.repair = repair({cell: cell.amount}, len(holding))


def repair(values: dict[Cell, Decimal], identities: int) -> dict[str, Any]:
    """A proposal as the report gives it; a person decides."""
    changes = [
        {
            "table": cell.table,
            "row": cell.row,
            "column": cell.column,
            "line": cell.place.said(),
            "from": cell.written.raw,
            "to": money(
                value / cell.factor, cell.written.decimals if cell.written.lex is not Lex.MALFORMED else 2
            ),
        }
        for cell, value in values.items()
    ]
    first = next(iter(values.items()))
    return {
        "value": f"{first[1] / first[0].factor:f}",
        "changes": changes,
        "because_zh": f"由{identities}个恒等式推得",
        "because_en": f"follows from {identities} identities",
    }

"""The whole report of one document as plain data: what is stored, shown, printed and compared. Pure."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from chengyun.budget.check.amounts import money
from chengyun.budget.check.catalogue import Severity, Status, checks
from chengyun.budget.check.document import Budget, Cell, Table
from chengyun.budget.check.findings import Finding, flat
from chengyun.budget.check.report import as_json
from chengyun.budget.review.layout import Layout

COUNTED = {"F": "fatal", "E": "errors", "W": "warnings", "I": "infos"}


def report_of(budget: Budget, findings: list[Finding]) -> dict[str, Any]:
    """Everything about a document; findings get a key: ``3`` for the third, ``3.1`` for its first consequence."""
    layout = Layout(budget)
    failed = [finding for finding in findings if finding.status is Status.FAIL]
    cells = {_name_of(cell): cell for table in budget.tables.values() for cell in table.cells()}
    said = [_finding(one, str(number), layout, cells) for number, one in enumerate(failed, start=1)]
    marks: dict[str, list[str]] = {}
    for one in said:
        if one["mark"]:
            marks.setdefault(one["mark"], []).append(one["key"])
    counts = Counter(str(one.severity) for one in flat(failed))
    outcomes = Counter(str(finding.status) for finding in findings)
    return {
        "kind": budget.source.kind,
        "heading": _heading(layout),
        "year": budget.year,
        "edition": budget.edition,
        "aligned": budget.source.aligned,
        "parts": layout.parts,
        "marks": marks,
        "findings": said,
        "deferred": [as_json(one) for one in findings if one.status is Status.DEFERRED],
        "counts": {name: counts[code] for code, name in COUNTED.items()},
        "passed": outcomes["pass"],
        "not_applicable": outcomes["na"],
        "blocking": any(finding.blocking for finding in failed),
        "tables": {str(number): _table(table) for number, table in budget.tables.items()},
        "paragraphs": [[paragraph.section, paragraph.raw] for paragraph in budget.paragraphs],
    }


def bare(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings as the command prints them, without what only the page needs."""
    return [_bare(one) for one in (*report["findings"], *report["deferred"])]


_FOR_THE_PAGE = ("key", "mark", "spans", "related", "rule_zh", "rule_en", "money")


def _bare(finding: dict[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in finding.items() if name not in _FOR_THE_PAGE}
    if said["repair"] and "changes" in said["repair"]:
        changes = [{k: v for k, v in one.items() if k != "at"} for one in said["repair"]["changes"]]
        said["repair"] = said["repair"] | {"changes": changes}
    said["consequences"] = [_bare(one) for one in said["consequences"]]
    return said


def _finding(
    finding: Finding, key: str, layout: Layout, cells: dict[tuple[Any, ...], Cell]
) -> dict[str, Any]:
    said = as_json(finding)
    rule = checks()[finding.id]
    mark = layout.id_of(finding.place)
    related = dict.fromkeys(layout.id_of(cell.place) for cell in finding.cells if not cell.blank)
    said |= {
        "key": key,
        "mark": mark,
        "spans": _spans(layout.texts.get(mark or "", ""), finding) if mark and "c" not in mark else [],
        "related": [one for one in related if one and one != mark],
        "rule_zh": rule.zh,
        "rule_en": rule.en,
        "money": _money(finding),
    }
    if said["repair"] and "changes" in said["repair"]:
        changes = [change | {"at": _at(change, cells, layout)} for change in said["repair"]["changes"]]
        said["repair"] = said["repair"] | {"changes": changes}
    said["consequences"] = [
        _finding(one, f"{key}.{number}", layout, cells)
        for number, one in enumerate(finding.consequences, start=1)
    ]
    return said


def _money(finding: Finding) -> list[str]:
    """Both sides and the difference as people read them, where they are numbers."""
    sides = (finding.left, finding.right, finding.diff)
    return [money(side) for side in sides if isinstance(side, Decimal)] if finding.diff is not None else []


def _name_of(cell: Cell) -> tuple[Any, ...]:
    return (cell.table, cell.row, cell.column, cell.place.said(), cell.written.raw)


def _at(change: dict[str, Any], cells: dict[tuple[Any, ...], Cell], layout: Layout) -> dict[str, Any] | None:
    """Where a proposal would write: line and TAB column or the name of the cell in the file, ``mark`` on the page."""
    cell = cells.get((change["table"], change["row"], change["column"], change["line"], change["from"]))
    if cell is None:
        return None
    return {"line": cell.place.line, "cell": cell.place.cell, "mark": layout.id_of(cell.place)}


def _spans(text: str, finding: Finding) -> list[list[int]]:
    """Which characters of a line of text a finding is about; none where that cannot be told."""
    left = finding.left
    if isinstance(left, str) and left and left in text:
        start = text.index(left)
        return [[start, start + len(left)]]
    if isinstance(left, Decimal):
        for match in re.finditer(r"\d[\d,，]*(\.\d+)?", text):
            shown = Decimal(re.sub(r"[,，]", "", match[0]))
            if left in (shown, shown * 10_000):
                return [[match.start(), match.end()]]
    return []


def _heading(layout: Layout) -> str:
    """The name of whoever the budget is of, as the document begins or as its tables say."""
    texts = [line[0] for part in layout.parts[:6] if part["kind"] == "text" for line in part["lines"]]
    return next((text for text in texts if re.search(r"预算", text) and len(text) <= 60), "")[:120]


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "unit": table.unit,
        "columns": [column.key for column in table.columns],
        "items": [
            {
                "code": item.code,
                "name": item.name,
                "side": item.side,
                "total": item.total,
                "cells": {key: f"{cell.amount:f}" for key, cell in item.cells.items()},
            }
            for item in table.items
        ],
    }


def severities() -> list[str]:
    """The severities in their order."""
    return [str(severity) for severity in Severity]

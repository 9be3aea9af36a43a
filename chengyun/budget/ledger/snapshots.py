"""The whole ledger as plain values: what a stage closes with, and what a signature is put under."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.keys import LineKey, income_key, project_key
from chengyun.budget.ledger.state import get
from chengyun.budget.models.ledger import Budget, BudgetLine, ChangeReason, IncomeLine
from chengyun.budget.models.projects import ProjectSection, ProjectYear


def snapshot_of(budget: Budget) -> dict[str, Any]:
    """Lines and income by key, reasons, projects and facts; the same ledger gives the same value."""
    lines = BudgetLine.objects.filter(budget=budget, amount__gt=0).select_related("project")
    years = ProjectYear.objects.filter(budget=budget).select_related("project")
    sections = ProjectSection.objects.filter(year__budget=budget)
    return {
        "lines": {str(key_of(line)): plain(line.amount) for line in lines},
        "incomes": {
            income_key(Source(one.source), Fund(one.fund), one.carried_over): plain(one.amount)
            for one in IncomeLine.objects.filter(budget=budget)
        },
        "reasons": dict(ChangeReason.objects.filter(budget=budget).values_list("key", "text")),
        "projects": {one.project.code: get(budget, project_key(one.project.code)) for one in years},
        "sections": {
            f"{code}|{heading}": text
            for code, heading, text in sections.values_list("year__project__code", "heading", "text")
        },
        "profile": budget.profile,
    }


def key_of(line: BudgetLine) -> LineKey:
    """The key of a line; its project must be read with it."""
    project = line.project.code if line.project else ""
    return LineKey(
        LineKind(line.kind), line.func_code, line.eco_code, Source(line.source), Fund(line.fund), project
    )


def digest_of(snapshot: dict[str, Any]) -> str:
    """SHA-256 of a snapshot, as hexadecimal."""
    said = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()

"""The report as JSON and as text for people."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from chengyun.budget.check.amounts import money
from chengyun.budget.check.catalogue import SEVERITY_ZH, Status, checks
from chengyun.budget.check.findings import Finding, flat


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding; amounts as exact decimal texts, ``line`` a line number or, in other files, the place in words."""
    return {
        "id": finding.id,
        "severity": str(finding.severity),
        "status": str(finding.status),
        "table": finding.table,
        "row": finding.row or None,
        "column": finding.column or None,
        "line": finding.place.said() if finding.place else None,
        "left": _exact(finding.left),
        "right": _exact(finding.right),
        "diff": _exact(finding.diff),
        "message_zh": finding.zh,
        "message_en": finding.en,
        "repair": finding.repair,
        "consequences": [as_json(one) for one in finding.consequences],
    }


def _exact(value: Decimal | str | None) -> str | None:
    if not isinstance(value, Decimal):
        return value
    return f"{value.quantize(Decimal('0.01')) if value == value.quantize(Decimal('0.01')) else value:f}"


def as_text(findings: list[Finding]) -> str:
    """Failures first, each with both sides, the place and the rule; then what could not be checked; then counts."""
    lines: list[str] = []
    failed = [finding for finding in findings if finding.status is Status.FAIL]
    for finding in failed:
        lines += _lines(finding, "")
        lines.append("")
    deferred = [finding for finding in findings if finding.status is Status.DEFERRED]
    if deferred:
        lines.append("无法核对 (deferred):")
        lines += [f"  {one.id}  {one.zh}\n        {one.en}" for one in deferred]
        lines.append("")
    lines.append(summary(findings))
    return "\n".join(lines)


def summary(findings: list[Finding]) -> str:
    """Counts of one document in one line."""
    failed = [finding for finding in flat(findings) if finding.status is Status.FAIL]
    counts = Counter(str(finding.severity) for finding in failed)
    said = "  ".join(f"{code} {SEVERITY_ZH[code]} {counts[code]}" for code in "FEWI")
    others = Counter(finding.status for finding in findings)
    return (
        f"{said}  |  通过 (pass) {others[Status.PASS]}  无法核对 (deferred) {others[Status.DEFERRED]}"
        f"  不适用 (n.a.) {others[Status.NA]}"
    )


def _lines(finding: Finding, indent: str) -> list[str]:
    place = finding.place.said() if finding.place else None
    where = "" if place is None else f"  [{f'第{place}行 line {place}' if isinstance(place, int) else place}]"
    rule = checks()[finding.id]
    lines = [
        f"{indent}{finding.severity}  {finding.id}{where}",
        f"{indent}   {finding.zh}",
        f"{indent}   {finding.en}",
    ]
    if finding.diff is not None:
        assert isinstance(finding.left, Decimal)
        assert isinstance(finding.right, Decimal)
        sides = f"{money(finding.left)} | {money(finding.right)}"
        lines.append(f"{indent}   左 left | 右 right: {sides}   差 difference: {money(finding.diff)}")
    if not indent:
        lines.append(f"{indent}   规则 rule: {rule.zh} / {rule.en}")
    lines += [f"{indent}   {text}" for text in _repair(finding)]
    if finding.consequences:
        lines.append(f"{indent}   由此引起 (consequences):")
        for one in finding.consequences:
            lines += _lines(one, indent + "      ")
    return lines


def _repair(finding: Finding) -> list[str]:
    if not finding.repair:
        return []
    because = f"{finding.repair['because_zh']} / {finding.repair['because_en']}"
    changes = finding.repair.get("changes") or [
        {"row": "", "column": "", "from": "", "to": finding.repair["value"]}
    ]
    return [
        f"建议 proposal: {change['row']} {change['column']} {change['from']} → {change['to']} ({because})"
        for change in changes
    ]

"""What a check found, and the book in which the rules write it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chengyun.budget.check.catalogue import Severity, Status, checks
from chengyun.budget.check.document import Budget, Cell
from chengyun.budget.check.source import Place


@dataclass(slots=True, eq=False)
class Finding:
    """One line of the report; ``left`` is what is stated, ``right`` what it is compared with."""

    id: str
    severity: Severity
    status: Status
    zh: str
    en: str
    table: int | None = None
    row: str = ""
    column: str = ""
    place: Place | None = None
    left: Decimal | str | None = None
    right: Decimal | str | None = None
    repair: dict[str, Any] | None = None
    cells: tuple[Cell, ...] = ()
    consequences: list[Finding] = field(default_factory=list)

    @property
    def diff(self) -> Decimal | None:
        """Left less right, where both are numbers."""
        if isinstance(self.left, Decimal) and isinstance(self.right, Decimal):
            return self.left - self.right
        return None

    @property
    def blocking(self) -> bool:
        """Whether the budget may not be published with it."""
        bad = self.status is Status.FAIL and self.severity in (Severity.FATAL, Severity.ERROR)
        return bad or any(finding.blocking for finding in self.consequences)


@dataclass(slots=True)
class Book:
    """The rules write here: ``fail``, ``ok``, ``defer``; a check that nobody wrote of does not apply."""

    budget: Budget
    prior: Budget | None = None
    found: list[Finding] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def fail(self, check: str, zh: str, en: str, **about: Any) -> Finding:
        """Write a contradiction down; ``severity`` may be given where the case is milder than the check."""
        severity = about.pop("severity", None) or checks()[check].severity
        finding = Finding(check, severity, Status.FAIL, zh, en, **about)
        self.found.append(finding)
        self.asked[check] += 1
        return finding

    def ok(self, check: str) -> None:
        """The check was made and held."""
        self.asked[check] += 1

    def defer(self, check: str, zh: str, en: str, **about: Any) -> None:
        """The check cannot be made with what the document says."""
        self.found.append(Finding(check, checks()[check].severity, Status.DEFERRED, zh, en, **about))

    def outcomes(self) -> list[Finding]:
        """One line for each check without a fail: passed or not applicable."""
        written = {finding.id for finding in flat(self.found)}
        lines = []
        for check in checks().values():
            if check.id not in written:
                status = Status.PASS if self.asked[check.id] else Status.NA
                lines.append(Finding(check.id, check.severity, status, check.zh, check.en))
        return lines


def flat(findings: list[Finding]) -> list[Finding]:
    """Findings and their consequences as one list."""
    return [one for finding in findings for one in (finding, *flat(finding.consequences))]

"""The same slip again and again is one finding: the first place, the others under it."""

from __future__ import annotations

from chengyun.budget.check.catalogue import Status
from chengyun.budget.check.findings import Book, Finding

_HABITS = {
    "NUM-02",
    "NUM-03",
    "X-TXT",
    "STR-BREAK",
    "STR-SPAN",
    "TXT-YOY",
    "TXT-DOCNO",
    "TXT-WIDTH",
    "TXT-DUP",
    "TXT-NAME",
    "TXT-END",
    "TERM-OLD",
}


def run(book: Book) -> None:
    """Gather the findings of one habit."""
    first: dict[tuple[str, int | None], Finding] = {}
    kept: list[Finding] = []
    for finding in book.found:
        # A table's habit is its own; a habit of the text runs through the document.
        table = finding.table if finding.id.startswith("NUM") else None
        key = (finding.id, table)
        if finding.id not in _HABITS or finding.status is not Status.FAIL or key not in first:
            first.setdefault(key, finding)
            kept.append(finding)
        else:
            first[key].consequences.append(finding)
    book.found = kept

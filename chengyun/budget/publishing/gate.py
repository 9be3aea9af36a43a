"""The last gate: the checker reads the very files that will be published."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from chengyun.budget.check.catalogue import Severity, Status
from chengyun.budget.check.document import Budget
from chengyun.budget.check.findings import Finding
from chengyun.budget.check.open import open_budget, understand
from chengyun.budget.check.report import as_json
from chengyun.budget.check.run import check
from chengyun.budget.check.source import Unreadable
from chengyun.budget.compiling.document import Document
from chengyun.budget.publishing.html_reading import read_html
from chengyun.budget.publishing.sameness import differences, wrong_formulas
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.publishing.words import MEDIA, FileKind

# A zip of CSV holds no document; its figures are compared where it is made.
_CHECKED = (FileKind.TXT, FileKind.HTML, FileKind.XLSX, FileKind.DOCX, FileKind.PDF)
_BLOCKING = (Severity.FATAL, Severity.ERROR)


def examine(
    document: Document, files: Mapping[FileKind, bytes], prior: Document | None = None
) -> list[dict[str, Any]]:
    """What fails in any of the files, the heavy first: one line for the same finding in several files.

    Each line is as in the report of ``chengyun budget check`` with ``files`` (where it was found), ``key`` (stable
    from one preparation to the next) and ``blocking``. ``prior`` is last year's document where there is one.
    """
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        before = _open(Path(folder), FileKind.TXT, as_txt(prior)) if prior is not None else None
        for kind in _CHECKED:
            if kind not in files:
                continue
            for finding in _findings(Path(folder), kind, files[kind], document, before):
                line = found.setdefault(_key(finding), _line(finding))
                if kind.value not in line["files"]:
                    line["files"].append(kind.value)
    order = list(Severity)
    return sorted(found.values(), key=lambda line: order.index(Severity(line["severity"])))


def _findings(
    folder: Path, kind: FileKind, content: bytes, document: Document, before: Budget | None
) -> Iterator[Finding]:
    try:
        budget = _open(folder, kind, content)
    except Unreadable as error:
        yield Finding("REND-01", Severity.FATAL, Status.FAIL, str(error), str(error))
        return
    yield from (one for one in check(budget, before) if one.status is Status.FAIL)
    yield from differences(document, budget)
    if kind is FileKind.XLSX:
        yield from wrong_formulas(content)


def _open(folder: Path, kind: FileKind, content: bytes) -> Budget:
    if kind is FileKind.HTML:
        return understand(read_html(content, "budget.html"))
    path = folder / f"budget{MEDIA[kind][0]}"
    path.write_bytes(content)
    return open_budget(path)


def _line(finding: Finding) -> dict[str, Any]:
    said = as_json(finding)
    return {**said, "key": _key(finding), "blocking": blocks(said), "files": []}


def _key(finding: Finding) -> str:
    said = f"{finding.id}|{finding.table}|{finding.row}|{finding.column}|{finding.zh}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def blocks(line: dict[str, Any]) -> bool:
    """Whether a failure, or one of its consequences, is an F or an E."""
    return line["severity"] in _BLOCKING or any(blocks(one) for one in line["consequences"])

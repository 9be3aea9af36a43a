"""What an import says about itself."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, field
from typing import Any, TextIO


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken: its line in the file, the field at fault, why, and what stood there."""

    line: int
    field: str
    reason: str
    original: str


@dataclass(slots=True)
class ImportReport:
    """Counts of one import. ``read`` is the sum of ``created``, ``replaced``, ``unchanged`` and ``rejected``.

    ``replaced`` rows got a new version; ``retired`` are illustrative grids that gave way to surveyed ones.
    """

    read: int = 0
    created: int = 0
    replaced: int = 0
    unchanged: int = 0
    retired: int = 0
    rejects: list[Reject] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Lines that were not taken."""
        return len({reject.line for reject in self.rejects})

    def reject(self, line: int, field_name: str, reason: str, original: object) -> None:
        """Note a row that is not taken."""
        self.rejects.append(Reject(line, field_name, str(reason), _short(original)))

    def counts(self) -> dict[str, int]:
        """The figures for ``--json``."""
        figures = ("read", "created", "replaced", "unchanged", "retired", "rejected")
        return {name: getattr(self, name) for name in figures}

    def write_rejects(self, file: TextIO) -> None:
        """Write the rejects as CSV: line, field, reason, original."""
        writer = csv.DictWriter(file, ["line", "field", "reason", "original"])
        writer.writeheader()
        writer.writerows(asdict(reject) for reject in self.rejects)


def _short(original: Any, most: int = 500) -> str:
    text = original if isinstance(original, str) else json.dumps(original, ensure_ascii=False, default=str)
    return text if len(text) <= most else text[:most] + "…"

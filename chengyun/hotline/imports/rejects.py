"""The rejects file: every row that did not come in, with its line, field and reason."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from chengyun.hotline.imports.reading import SourceRow


class Rejects:
    """The rejects file; made only when there is something to put in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, row: SourceRow, fields: Mapping[str, str]) -> None:
        """Append one line per wrong field: line, field, reason, and the row as it was."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # utf-8-sig, so that spreadsheets show the Chinese right
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(["line", "field", "reason", "row"])
        raw = " | ".join(f"{name}={value}" for name, value in row.values.items())
        for name, reason in fields.items():
            self._writer.writerow([row.line, name, reason, raw])

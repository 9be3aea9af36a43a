"""Checking published budgets with the console command, start of the process included."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from chengyun.budget.tests.printing import as_pdf, as_txt
from chengyun.budget.tests.sample import tables

MANY = 100


def slowest(documents: Path | None) -> dict[str, tuple[float, int]]:
    """By ending: seconds of the slowest document (the middle one of three tries each), and how many there were."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="chengyun-bench-") as folder:
        for path in _documents(documents, Path(folder)):
            tries = sorted(_seconds(path) for _ in range(3))
            found.setdefault(path.suffix.upper().lstrip("."), []).append(tries[1])
    return {ending: (max(times), len(times)) for ending, times in sorted(found.items())}


def many(documents: Path | None) -> float:
    """Seconds for a folder of a hundred, the documents again and again."""
    with tempfile.TemporaryDirectory(prefix="chengyun-bench-") as folder:
        there = _documents(documents, Path(folder))
        full = Path(folder) / "many"
        full.mkdir()
        for number, path in enumerate(islice(cycle(there), MANY)):
            shutil.copy(path, full / f"{number:03}{path.suffix}")
        return _seconds(full)


def _documents(documents: Path | None, folder: Path) -> list[Path]:
    if documents is None:
        return [as_txt(folder / "sample.txt", tables()), as_pdf(folder / "sample.pdf", tables())]
    return sorted(path for path in documents.iterdir() if path.suffix.lower() in (".txt", ".pdf"))


def _seconds(path: Path) -> float:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "chengyun.config.cli", "budget", "check", str(path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 1):  # 1: something blocks publishing, which is an answer
        raise RuntimeError(done.stderr.decode())
    return time.perf_counter() - begin

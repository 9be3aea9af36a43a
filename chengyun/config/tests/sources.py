"""The source files that the house tests look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent
ROOT = PACKAGE.parent


def python_files() -> Iterator[Path]:
    """Every Python file of the product, tests included, without migrations."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def rooms() -> list[Path]:
    """The folder of each room."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))

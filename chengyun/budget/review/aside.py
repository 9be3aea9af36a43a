"""A process of its own that reads and checks documents, so that a hostile or endless file harms nobody else.

It takes one line of JSON for each document, ``{"path", "prior", "out"}``, writes what it found to ``out``
and answers with one line. Its memory is limited; whoever started it watches the clock and may kill it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from chengyun.budget.check.open import open_budget
from chengyun.budget.check.run import check
from chengyun.budget.check.source import Unreadable
from chengyun.budget.review.report import report_of

_MEMORY = 2 * 1024**3  # bytes


def main() -> None:
    """Answer until the input ends."""
    _limit()
    for line in sys.stdin:
        asked = json.loads(line)
        result = _one(asked)
        Path(asked["out"]).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        sys.stdout.write("done\n")
        sys.stdout.flush()


def _one(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        budget = open_budget(Path(asked["path"]))
        prior = open_budget(Path(asked["prior"])) if asked.get("prior") else None
    except Unreadable as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"unreadable": "文件展开后过大 (too large once unpacked)"}
    return {"report": report_of(budget, check(budget, prior))}


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()

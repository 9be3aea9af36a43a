"""From a file to a budget ready for the rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from chengyun.budget.check.document import Budget
from chengyun.budget.check.prose import clean, paragraphs
from chengyun.budget.check.reading import read
from chengyun.budget.check.source import Line, Row, Source, Unreadable
from chengyun.budget.check.tables import assemble


def open_budget(path: Path) -> Budget:
    """Read a file and find tables and text in it; raise ``Unreadable`` where there is no budget."""
    return understand(read(path))


def understand(source: Source) -> Budget:
    """Find tables and text in what was read."""
    work = assemble(source.blocks)
    texts = [clean(block.text) for block in source.blocks if isinstance(block, Line)]
    if not work.tables:
        raise Unreadable(
            f"{source.name}: none of the nine tables of a department budget was found (未找到部门预算表);"
            " a title such as “2024年部门收入预算总表” must stand above each table"
            + (", and tables of a PDF need ruling lines (PDF 表格须有框线)." if source.kind == "pdf" else ".")
        )
    budget = Budget(source, _year(texts, source), _edition(texts))
    budget.tables = dict(sorted(work.tables.items()))
    budget.paragraphs = paragraphs(work.runs)
    budget.contents = work.contents
    budget.forms = [form for form in work.forms if form.rows]
    return budget


def _year(texts: list[str], source: Source) -> int:
    for text in texts[:12]:
        found = re.search(r"(20\d\d)年(度)?.{0,10}(部门|单位|预算)", text)
        if found:
            return int(found.group(1))
    cells = [clean(piece.text) for block in source.blocks if isinstance(block, Row) for piece in block.filled]
    years = Counter(re.findall(r"(20\d\d)年", "".join(texts + cells)))
    return int(years.most_common(1)[0][0]) if years else 0


def _edition(texts: list[str]) -> str:
    head = "".join(texts[:3])
    return "unit" if re.search(r"单位预算", head) and "部门预算" not in head else "department"

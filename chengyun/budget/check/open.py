"""From a file to a budget ready for the rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from chengyun.budget.check.document import Budget
from chengyun.budget.check.identities import own_tables
from chengyun.budget.check.prose import clean, paragraphs
from chengyun.budget.check.reading import read
from chengyun.budget.check.source import Line, Row, Source, Unreadable
from chengyun.budget.check.tables import assemble

_SURE = 0.75  # of the sums of a table
_TABLES = 9  # that must show: one that alignment lost would be called missing


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
            + (
                ", and its amounts below each other in columns (金额须按列对齐)."
                if source.kind == "pdf"
                else "."
            )
        )
    budget = Budget(source, _year(texts, source), _edition(texts))
    budget.tables = dict(sorted(work.tables.items()))
    budget.paragraphs = paragraphs(work.runs)
    budget.contents = work.contents
    budget.forms = [form for form in work.forms if form.rows]
    if source.aligned and not _believable(budget):
        raise Unreadable(
            f"{source.name}: the tables of this PDF have no ruling lines, and its columns cannot be told apart"
            " (PDF 表格无框线，各列无法可靠区分); use the DOCX or XLSX file, or a PDF with ruled tables."
        )
    return budget


def _believable(budget: Budget) -> bool:
    """Whether columns told by alignment are the document's: in each table most sums must hold, or it is a guess."""
    cells = [cell for table in budget.tables.values() for cell in table.cells()]
    if any(re.search(r"\d\.\d\d-?\d", cell.written.raw) for cell in cells):
        return False  # two amounts in one cell
    asked = [one for one in own_tables(budget) if any(cell.amount for cell in one.cells)]
    for number in {one.table for one in asked}:
        mine = [one.holds() for one in asked if one.table == number]
        if sum(mine) < _SURE * len(mine) and len(mine) > 2:
            return False
    return len(budget.tables) >= _TABLES and bool(asked)


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

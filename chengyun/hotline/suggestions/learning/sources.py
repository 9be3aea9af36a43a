"""What is learnt from: two columns of a file, or the district's closed orders."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from chengyun.hotline.imports.reading import rows_of

MOST_ORDERS = 100_000


@dataclass(slots=True)
class Lesson:
    """Texts with their labels. ``name`` and ``digest`` tell where they came from; ``skipped`` rows lacked one."""

    name: str
    digest: str = ""
    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    skipped: int = 0

    def add(self, text: str, label: str) -> None:
        """Take a pair in, unless one of the two is empty."""
        if text.strip() and label.strip():
            self.texts.append(text)
            self.labels.append(label.strip())
        else:
            self.skipped += 1


def from_file(path: Path, text: str, label: str) -> Lesson:
    """The two columns of a CSV (UTF-8 or GB 18030) or XLSX file. Raises ``Refused``, naming what is wrong."""
    lesson = Lesson(path.name)
    with path.open("rb") as file:
        lesson.digest = hashlib.file_digest(file, "sha256").hexdigest()
    for row in rows_of(path, "auto", {text, label}, lambda _: None):
        values = row.values
        lesson.add("" if row.problem else str(values.get(text) or ""), str(values.get(label) or ""))
    return lesson


def from_orders() -> Lesson:
    """Title and content of closed hotline orders with the class they closed in, the newest 100,000.

    Rehearsal orders (演练数据) are learnt from only where there is no other.
    """
    from chengyun.cases.models import Case

    closed = Case.objects.filter(kind="hotline", state="closed").exclude(catalogue_key="")
    rehearsal = not closed.filter(rehearsal=False).exists()
    rows = closed.filter(rehearsal=rehearsal).order_by("-id")
    lesson = Lesson("已办结工单（演练数据）" if rehearsal else "已办结工单")
    digest = hashlib.sha256()
    found = rows.values_list("id", "title", "description", "catalogue_key")[:MOST_ORDERS]
    for number, title, description, key in found.iterator(chunk_size=2_000):
        text = f"{title}\n{description}"
        digest.update(f"{number}\0{key}\0{text}\0".encode())
        lesson.add(text, key)
    lesson.digest = digest.hexdigest()
    return lesson

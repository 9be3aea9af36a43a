"""The shelves of the knowledge base, and articles for rehearsals."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from chengyun.hotline.knowledge.importing import ArticleTally, import_articles
from chengyun.hotline.models import KnowledgeCategory
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.writing import writing

_FOLDER = Path(__file__).resolve().parent.parent / "reference"


def load_reference(*, now: datetime) -> int:
    """Load the shelves that are not there yet; return how many. Changes nothing a person edited."""
    known = set(KnowledgeCategory.objects.values_list("code", flat=True))
    with (_FOLDER / "knowledge_categories.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = [row for row in csv.DictReader(file) if row["code"] not in known]
    with writing():
        KnowledgeCategory.objects.bulk_create(KnowledgeCategory(**row) for row in rows)
    return len(rows)


def load_rehearsal_articles(*, now: datetime) -> ArticleTally:
    """Publish the articles for rehearsals (演练), marked as such. Needs shelves and units; safe to repeat."""
    rejects = Path(settings.DATA_FOLDER) / "imports" / "rehearsal-articles.rejects.csv"
    file = _FOLDER / "rehearsal_articles.csv"
    return import_articles(file, rejects=rejects, rehearsal=True, published=True, actor=SYSTEM, now=now)

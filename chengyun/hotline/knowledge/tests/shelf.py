"""A small knowledge base for tests: shelves, people, and ``published(title=…)``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from chengyun.hotline.knowledge.actions import Said, publish, submit, write_version
from chengyun.hotline.knowledge.loading import load_reference
from chengyun.hotline.models import ArticleVersion, KnowledgeCategory
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau, person

NOW = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)  # Tuesday 09:00 in Shanghai
TODAY = date(2026, 9, 1)


class Shelf:
    """Anna writes, Bert and Cora edit, Dora is the liaison of 园林局."""

    def __init__(self) -> None:
        load_reference(now=NOW)
        self.parks = bureau("园林局")
        self.anna = person("anna", Post.INTAKE)
        self.bert = person("bert", Post.SHIFT_LEADER)
        self.cora = person("cora", Post.SHIFT_LEADER)
        self.dora = person("dora", Post.UNIT, unit=self.parks)
        self.category = KnowledgeCategory.objects.get(code="appearance")

    def said(self, **words: Any) -> Said:
        facts: dict[str, Any] = {
            "title": "树木修剪怎样申请",
            "answer": "道路两旁的树由绿化部门修剪，请说明位置。",
            "questions": "树枝碰到窗户\n树太高挡光",
            "category_id": self.category.pk,
            "owner_unit_id": self.parks.pk,
            "valid_from": date(2026, 1, 1),
        }
        return Said(**{**facts, **words})

    def draft(self, article_id: int | None = None, why: str = "", **words: Any) -> ArticleVersion:
        said = self.said(**words)
        return write_version(said, article_id=article_id, why=why, actor=self.anna.actor, now=NOW)

    def published(self, article_id: int | None = None, why: str = "改", **words: Any) -> ArticleVersion:
        version = self.draft(article_id, why, **words)
        submit(version.pk, actor=self.anna.actor, now=NOW)
        return publish(version.pk, actor=self.bert.actor, now=NOW)

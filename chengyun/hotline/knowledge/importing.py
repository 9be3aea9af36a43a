"""Articles from a CSV or XLSX file: one row one article; bad rows are rejected, the rest comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.rejects import Rejects
from chengyun.hotline.knowledge.actions import Said, publish, submit, write_version
from chengyun.hotline.knowledge.actions.writing import same_words
from chengyun.hotline.models import Article, ArticleVersion, KnowledgeCategory
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

# Column of the file -> what it is. The first five must be there and filled.
MUST = {
    "编号": "import_key",
    "标题": "title",
    "分类": "category",
    "责任单位": "owner_unit",
    "答复口径": "answer",
}
MAY = {
    "常见问法": "questions",
    "详细说明": "details",
    "依据": "basis",
    "关键词": "keywords",
    "生效日期": "valid_from",
    "失效日期": "valid_until",
}
COLUMNS = (*MUST, *MAY)
MOST_ROWS = 5_000


@dataclass(slots=True)
class ArticleTally:
    """What became of the rows."""

    read: int = 0
    created: int = 0
    renewed: int = 0
    unchanged: int = 0
    rejected: int = 0
    versions: list[int] = field(default_factory=list)


def import_articles(
    file: Path,
    *,
    rejects: Path,
    rehearsal: bool = False,
    published: bool = False,
    actor: Actor,
    now: datetime,
) -> ArticleTally:
    """Write a version for every row and hand it to the editors; safe to repeat.

    1. The 编号 of a row says which article it is; one that says the same already is left alone.
    2. A row that is wrong goes to the rejects file with line, column and reason.
    3. ``published`` (for what ships with the product) lets them out at once; else an editor does.

    Raises ``Refused`` if the file cannot be read at all.
    """
    tally = ArticleTally()
    reader = _Reader(now)
    with Rejects(rejects) as bad:
        for row in rows_of(file, "auto", set(MUST), lambda _passed: None):
            tally.read += 1
            try:
                if tally.read > MOST_ROWS:
                    raise Invalid(
                        {"row": _("一次最多导入 %(most)d 行，请拆成几个文件") % {"most": MOST_ROWS}}
                    )
                key, said = reader.said(row)
                with writing(), transaction.atomic():
                    _take(key, said, tally, rehearsal, published, actor, now)
            except Refused as error:
                tally.rejected += 1
                bad.write(row, error.fields if isinstance(error, Invalid) else {"row": error.message})
    return tally


def _take(
    key: str, said: Said, tally: ArticleTally, rehearsal: bool, published: bool, actor: Actor, now: datetime
) -> None:
    article = Article.objects.filter(import_key=key).first()
    newest = article and ArticleVersion.objects.filter(article=article).order_by("-no").first()
    if newest and same_words(newest, said):
        tally.unchanged += 1
        return
    version = write_version(
        said,
        article_id=article.pk if article else None,
        why=_("批量导入") if article else "",
        rehearsal=rehearsal,
        import_key=key,
        actor=actor,
        now=now,
    )
    submit(version.pk, actor=actor, now=now)
    if published:
        publish(version.pk, actor=actor, now=now)
    tally.versions.append(version.pk)
    if article is None:
        tally.created += 1
    else:
        tally.renewed += 1


class _Reader:
    """Turns rows into what a version says; keeps the names of shelves and units."""

    def __init__(self, now: datetime) -> None:
        self._today = local(now).date()
        shelves = KnowledgeCategory.objects.filter(active=True)
        self._categories = {name: one.pk for one in shelves for name in (one.code, one.name)}
        units = Unit.objects.filter(active=True)
        self._units = {name: one.pk for one in units for name in (one.name, one.code)}
        self._seen: set[str] = set()

    def said(self, row: SourceRow) -> tuple[str, Said]:
        """The row's number and words. Raises ``Invalid`` by column."""
        if row.problem:
            raise Invalid({"row": row.problem})
        words = {name: str(row.values.get(column) or "").strip() for column, name in (MUST | MAY).items()}
        wrong = {column: _("为空") for column, name in MUST.items() if not words[name]}
        key = words["import_key"]
        if key in self._seen:
            wrong["编号"] = _("编号 %(number)s 在文件里重复") % {"number": key}
        elif len(key) > 60:
            wrong["编号"] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": 60, "now": len(key)}
        category, unit = self._categories.get(words["category"]), self._units.get(words["owner_unit"])
        if words["category"] and category is None:
            wrong["分类"] = _("没有“%(name)s”这个分类") % {"name": words["category"][:40]}
        if words["owner_unit"] and unit is None:
            wrong["责任单位"] = _("没有“%(name)s”这个单位，请写单位全称或代码") % {
                "name": words["owner_unit"][:40]
            }
        days = {
            column: self._day(row.values.get(column), column, wrong) for column in ("生效日期", "失效日期")
        }
        if wrong:
            raise Invalid(wrong)
        assert category is not None
        assert unit is not None
        self._seen.add(key)
        texts = {
            name: words[name] for name in ("title", "answer", "questions", "details", "basis", "keywords")
        }
        starts = days["生效日期"] or self._today
        return key, Said(
            category_id=category, owner_unit_id=unit, valid_from=starts, valid_until=days["失效日期"], **texts
        )

    @staticmethod
    def _day(value: Any, column: str, wrong: dict[str, str]) -> date | None:
        if value in (None, ""):
            return None
        if isinstance(value, datetime):
            return value.date()
        try:
            return date.fromisoformat(str(value).strip().replace("/", "-"))
        except ValueError:
            wrong[column] = _("日期应写成 2026-11-23 的样子")
            return None

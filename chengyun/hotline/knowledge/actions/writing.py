"""Write an article, or another version of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from chengyun.hotline.knowledge.policies import require_writer
from chengyun.hotline.models import Article, ArticleStep, ArticleVerb, ArticleVersion, KnowledgeCategory
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

LONGEST = {
    "title": 100,
    "questions": 2_000,
    "answer": 4_000,
    "details": 20_000,
    "basis": 300,
    "keywords": 200,
    "why": 200,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a version says. Dates are days in Shanghai; ``valid_until`` None: until it is withdrawn."""

    title: str
    answer: str
    category_id: int
    owner_unit_id: int
    valid_from: date
    valid_until: date | None = None
    questions: str = ""
    details: str = ""
    basis: str = ""
    keywords: str = ""


def write_version(
    said: Said,
    *,
    article_id: int | None = None,
    why: str = "",
    rehearsal: bool = False,
    import_key: str | None = None,
    actor: Actor,
    now: datetime,
) -> ArticleVersion:
    """Keep a draft: the first of a new article, or the next version of one.

    1. The actor may write for the owner unit, and for the one that owns the article now.
    2. Every wrong field is named; a version after the first says why it was written.
    3. Append the version and the step; what is published stays in force until this one is.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid``.
    """
    words = {name: _plain(getattr(said, name)) for name in LONGEST if name != "why"}
    _check(said, words, why, article_id)
    require_writer(actor, said.owner_unit_id)
    with writing():
        article = _article(said, words["title"], article_id, actor, now, rehearsal, import_key)
        last = article.versions.aggregate(last=Max("no"))["last"] or 0
        facts: dict[str, Any] = {one.name: getattr(said, one.name) for one in fields(said)} | words
        version = ArticleVersion.objects.create(
            article=article,
            no=last + 1,
            written_by_id=actor.person_id,
            written_by_name=actor.name[:60],
            written_at=now,
            why=why.strip(),
            **facts,
        )
        note_step(article, version, ArticleVerb.WRITE, why.strip(), actor, now)
    return version


def note_step(
    article: Article, version: ArticleVersion | None, verb: str, why: str, actor: Actor, now: datetime
) -> None:
    """Append to the history of an article."""
    ArticleStep.objects.create(
        article=article,
        version=version,
        verb=verb,
        at=now,
        by_id=actor.person_id,
        by_name=actor.name[:60],
        why=why[:300],
    )


def same_words(version: ArticleVersion, said: Said) -> bool:
    """Whether a version says just this already."""
    return all(
        getattr(version, name) == (_plain(value) if isinstance(value, str) else value)
        for name, value in asdict(said).items()
    )


def _plain(text: str) -> str:
    """Without the blanks around it and with one kind of line end."""
    return text.replace("\r\n", "\n").strip()


def _check(said: Said, words: dict[str, str], why: str, article_id: int | None) -> None:
    wrong: dict[str, str] = {}
    for name, text in {**words, "why": why}.items():
        if len(text) > LONGEST[name]:
            wrong[name] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": LONGEST[name], "now": len(text)}
        elif "\x00" in text:
            wrong[name] = _("含有不可见的控制字符，请重新输入")
    for name, sentence in (("title", _("请写标题")), ("answer", _("请写答复口径"))):
        if not words[name]:
            wrong[name] = sentence
    if said.valid_until is not None and said.valid_until < said.valid_from:
        wrong["valid_until"] = _("失效日期不能早于生效日期")
    if article_id is not None and not why.strip():
        wrong["why"] = _("请写明为什么修改")
    if not KnowledgeCategory.objects.filter(pk=said.category_id, active=True).exists():
        wrong["category"] = _("请从列出的分类中选")
    if not Unit.objects.filter(pk=said.owner_unit_id, active=True).exists():
        wrong["owner_unit"] = _("请从列出的单位中选")
    if wrong:
        raise Invalid(wrong)


def _article(
    said: Said,
    title: str,
    article_id: int | None,
    actor: Actor,
    now: datetime,
    rehearsal: bool,
    import_key: str | None,
) -> Article:
    facts = {"title": title, "category_id": said.category_id, "owner_unit_id": said.owner_unit_id}
    if article_id is None:
        return Article.objects.create(made_at=now, rehearsal=rehearsal, import_key=import_key, **facts)
    # Locked, so that two drafts written at once get two numbers.
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        raise NotThere(_("没有这篇知识。"))
    require_writer(actor, article.owner_unit_id)
    if article.current_id is None:
        Article.objects.filter(pk=article_id).update(**facts)
    return article

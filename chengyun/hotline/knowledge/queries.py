"""Named reads of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chengyun.hotline.knowledge import search as index
from chengyun.hotline.knowledge.policies import CENTRE_WRITING, EDITING
from chengyun.hotline.knowledge.snippet import snippet
from chengyun.hotline.models import Article, ArticleUse, ArticleVersion, UnansweredSearch, UseKind
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post

LEAST_SHARE = 0.3  # of a caller's sentence, for an answer to be offered while somebody types
_LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with the piece of it that shows why."""

    article_id: int
    version_id: int
    title: str
    marked_title: list[tuple[str, bool]]
    category: str
    owner: str
    answer: str
    snippet: list[tuple[str, bool]]
    share: float
    in_force: bool
    valid_until: date | None
    rehearsal: bool


def search(
    text: str,
    *,
    actor: Actor,
    on: date,
    limit: int = 20,
    category_id: int | None = None,
    any_time: bool = False,
    least_share: float = 0.0,
) -> list[Hit]:
    """Published articles that fit ``text``, best first; those in force on that day, or with ``any_time`` all.

    Whoever is at work may read them, so ``actor`` narrows nothing; it is asked for as in every read.
    """
    among = Article.objects.filter(current__isnull=False) if any_time else in_force(on)
    if category_id is not None:
        among = among.filter(category_id=category_id)
    found = index.find(text[:_LONGEST_QUESTION], among, limit=limit, least_share=least_share)
    rows = ArticleVersion.objects.select_related("article", "category", "owner_unit")
    by_article = {
        one.article_id: one
        for one in rows.filter(article__in=[f.article_id for f in found], state="published")
    }
    tokens = index.asked_tokens(text[:_LONGEST_QUESTION])
    return [
        _hit(by_article[one.article_id], one, tokens, on) for one in found if one.article_id in by_article
    ]


def _hit(version: ArticleVersion, found: index.Found, tokens: list[str], on: date) -> Hit:
    until = version.valid_until
    return Hit(
        article_id=version.article_id,
        version_id=version.pk,
        title=version.title,
        marked_title=snippet(version.title, tokens, 200),
        category=version.category.name,
        owner=version.owner_unit.name,
        answer=version.answer,
        snippet=snippet(_shown(version, tokens), tokens),
        share=found.share,
        in_force=version.valid_from <= on and (until is None or on <= until),
        valid_until=until,
        rehearsal=version.article.rehearsal,
    )


def _shown(version: ArticleVersion, tokens: list[str]) -> str:
    """The answer, unless the details or questions hold more of what was asked."""
    texts = (version.answer, version.details, version.questions)
    return max(texts, key=lambda text: sum(token in text.lower() for token in tokens))


def in_force(on: date) -> QuerySet[Article]:
    """Articles that may be answered with on that day."""
    return Article.objects.filter(index.in_force(on))


def browse(*, on: date, category_id: int | None = None, any_time: bool = False) -> QuerySet[Article]:
    """Articles by shelf and title, without a search; ``any_time`` adds expired, coming and withdrawn ones."""
    rows = Article.objects.all() if any_time else in_force(on)
    if category_id is not None:
        rows = rows.filter(category_id=category_id)
    return rows.select_related("category", "owner_unit", "current").order_by("category__place", "title", "id")


def waiting(actor: Actor) -> QuerySet[ArticleVersion]:
    """Versions that wait for an editor, and one's own drafts; for a unit's liaison those of the unit."""
    rows = ArticleVersion.objects.select_related("article", "category", "owner_unit")
    submitted = Q(state="submitted")
    if not actor.holds(*EDITING):
        submitted &= Q(owner_unit__in=actor.units(Post.UNIT))
    mine = Q(state__in=("draft", "refused"), written_by=actor.person_id)
    later = ArticleVersion.objects.filter(article=OuterRef("article"), no__gt=OuterRef("no"))
    return rows.filter(submitted | (mine & ~Exists(later))).order_by("state", "-written_at")


def due_reviews(actor: Actor, on: date) -> QuerySet[Article]:
    """Articles whose review is due by that day: an editor's are all, a liaison's those of the unit."""
    rows = Article.objects.filter(current__isnull=False, review_due__lte=on)
    if not actor.holds(*CENTRE_WRITING):
        rows = rows.filter(owner_unit__in=actor.units(Post.UNIT))
    return rows.select_related("category", "owner_unit").order_by("review_due", "id")


def gaps() -> QuerySet[UnansweredSearch]:
    """What was looked for in vain and nobody has seen to, most often first."""
    return UnansweredSearch.objects.filter(settled_at=None).order_by("-times", "-last_at")


def uses_of(article_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How often each article was used, helped and did not help, over all its versions."""
    counts: dict[int, dict[str, int]] = {one: dict.fromkeys(UseKind, 0) for one in article_ids}
    rows = ArticleUse.objects.filter(version__article__in=list(counts)).values_list(
        "version__article", "kind"
    )
    for article_id, kind, number in rows.annotate(number=Count("id")):
        counts[article_id][kind] = number
    return counts

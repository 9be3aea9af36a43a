"""Full-text search over articles: pairs of characters weighed by place and rarity. The same on both databases.

Unlike orders (``cases.search``), an article is looked for with a caller's whole sentence, of which it holds only a
part; so any pair counts, rare ones more, and what holds most of the question comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Q, QuerySet, Sum, Value, When

from chengyun.cases.search import tokens_of
from chengyun.hotline.models import Article, ArticleToken, ArticleVersion

_MOST_ASKED = 48  # tokens of a question that are looked up, the rarest
_WEIGHED = 60  # articles whose share of the question is worked out
_LONGEST = 40
WEIGHTS = (("title", 4), ("keywords", 4), ("questions", 3), ("answer", 2), ("details", 1), ("basis", 1))
# Pairs that open nearly every call and tell nothing.
_OPENINGS = "你好您好我想想问问一一下请问咨询想知知道怎么么办什么有没没有可以可不不可我们我的能不不能"
_EMPTY = frozenset(_OPENINGS[at : at + 2] for at in range(0, len(_OPENINGS), 2))


@dataclass(frozen=True, slots=True)
class Found:
    """An article and how well it fits: ``share`` is the part of the question that it holds, 0 to 1."""

    article_id: int
    score: float
    share: float


def asked_tokens(text: str) -> list[str]:
    """The tokens of a question that tell something; all of them if none does."""
    tokens = [token[:_LONGEST] for token in tokens_of(text)]
    return [token for token in tokens if token not in _EMPTY] or tokens


def index(version: ArticleVersion) -> None:
    """Make an article found by the words of this version. Call inside the transaction that publishes it."""
    weights: dict[str, int] = {}
    for name, weight in WEIGHTS:
        for token in tokens_of(getattr(version, name)):
            weights[token[:_LONGEST]] = max(weight, weights.get(token[:_LONGEST], 0))
    forget(version.article_id)
    ArticleToken.objects.bulk_create(
        [ArticleToken(article_id=version.article_id, token=t, weight=w) for t, w in weights.items()], 500
    )


def forget(article_id: int) -> None:
    """An article that is withdrawn is found no more."""
    ArticleToken.objects.filter(article_id=article_id).delete()


def in_force(on: date) -> Q:
    """Articles with a published version that holds on that day."""
    return Q(current__isnull=False, valid_from__lte=on) & (
        Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    )


def find(text: str, among: QuerySet[Article], *, limit: int, least_share: float = 0.0) -> list[Found]:
    """The articles that fit a question best, best first.

    1. Look up how many articles hold each token; leave out those that most articles hold.
    2. Let the database add up weight times rarity for each article; keep the best.
    3. Of these work out the share of the question, which counts as much as the sum.
    """
    rarity = _rarity(asked_tokens(text))
    if not rarity:
        return []
    whens = [When(token=token, then=Value(value)) for token, value in rarity.items()]
    worth = Case(*whens, default=Value(0.0), output_field=FloatField())
    best = (
        ArticleToken.objects.filter(token__in=list(rarity), article__in=among)
        .values("article_id")
        .annotate(score=Sum(ExpressionWrapper(worth * F("weight"), output_field=FloatField())))
        .order_by("-score", "-article_id")[:_WEIGHED]
    )
    scores = {row["article_id"]: float(row["score"]) for row in best}
    found = [
        Found(article_id, scores[article_id] * share**0.5, share)
        for article_id, share in _shares(list(scores), rarity).items()
        if share >= least_share
    ]
    return sorted(found, key=lambda one: (-one.score, -one.article_id))[:limit]


def _rarity(tokens: Sequence[str]) -> dict[str, float]:
    if not tokens:
        return {}
    total = Article.objects.filter(current__isnull=False).count()
    rows = ArticleToken.objects.filter(token__in=tokens[:400]).values_list("token").annotate(held=Count("id"))
    held = dict(rows)
    # A token nobody holds counts against the share as the rarest does.
    weights = {token: log(1 + total / max(held.get(token, 1), 1)) for token in tokens[:400]}
    telling = {t: w for t, w in weights.items() if total < 20 or held.get(t, 0) <= total * 0.5}
    rarest = sorted(telling or weights, key=lambda token: -weights[token])[:_MOST_ASKED]
    return {token: round(weights[token], 4) for token in rarest} if held else {}


def _shares(articles: list[int], rarity: dict[str, float]) -> dict[int, float]:
    whole = sum(rarity.values())
    shares = dict.fromkeys(articles, 0.0)
    rows = ArticleToken.objects.filter(article_id__in=articles, token__in=list(rarity))
    for article_id, token in rows.values_list("article_id", "token"):
        shares[article_id] += rarity[token] / whole
    return {article_id: min(share, 1.0) for article_id, share in shares.items()}

"""What articles were good for, and what was looked for in vain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.cases.privacy import mask_text
from chengyun.cases.search import tokens_of
from chengyun.hotline.knowledge.policies import EDITING
from chengyun.hotline.models import Article, ArticleUse, ArticleVersion, UnansweredSearch, UseKind
from chengyun.hotline.policies import require
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing


@writing()
def note_used(version_id: int, *, case_id: int, actor: Actor, now: datetime) -> None:
    """Write down that an order was answered with this version; a second time for the same order does nothing.

    Call it in the transaction that answers the order. Raises ``Invalid`` if there is no such version.
    """
    if not ArticleVersion.objects.filter(pk=version_id).exclude(state="draft").exists():
        raise Invalid({"article_version": _("没有这一版知识，请重新选用答复。")})
    ArticleUse.objects.bulk_create(
        [
            ArticleUse(
                version_id=version_id, kind=UseKind.USED, case_id=case_id, at=now, by_id=actor.person_id
            )
        ],
        ignore_conflicts=True,
    )


def mark(
    version_id: int, *, helped: bool, client_id: UUID | None = None, actor: Actor, now: datetime
) -> None:
    """Note that a version helped or not. ``client_id`` comes from the page, so that a double click counts once."""
    version = ArticleVersion.objects.filter(pk=version_id, state="published").first()
    if version is None:
        raise NotThere(_("没有这一版，或已不在用。"))
    kind = UseKind.HELPED if helped else UseKind.NOT_HELPED
    try:
        with writing(), transaction.atomic():
            ArticleUse.objects.create(
                version=version, kind=kind, at=now, by_id=actor.person_id, client_id=client_id
            )
    except IntegrityError:
        if client_id is None or not ArticleUse.objects.filter(client_id=client_id).exists():
            raise


def note_unanswered(text: str, *, actor: Actor, now: datetime) -> None:
    """Note that nothing helpful was found for these words. Kept masked, and once with how often."""
    words = " ".join(mask_text(text).replace("\x00", "").split())[:200]
    if not tokens_of(words):
        return
    with writing():
        made = UnansweredSearch.objects.bulk_create(
            [UnansweredSearch(text=words, times=0, first_at=now, last_at=now)], ignore_conflicts=True
        )
        assert made
        UnansweredSearch.objects.filter(text=words).update(times=F("times") + 1, last_at=now, settled_at=None)


def settle(search_id: int, *, article_id: int | None = None, actor: Actor, now: datetime) -> None:
    """An editor has seen to a gap: an article answers it now, or none is needed."""
    require(actor, EDITING)
    if article_id is not None and not Article.objects.filter(pk=article_id).exists():
        raise Invalid({"article": _("没有这篇知识。")})
    with writing():
        row = UnansweredSearch.objects.filter(pk=search_id)
        if not row.update(settled_at=now, settled_by_id=actor.person_id, article_id=article_id):
            raise NotThere(_("没有这条记录。"))

"""Who writes articles and who lets them out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.hotline.models import Article, ArticleVersion
from chengyun.hotline.policies import require
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import CENTRE, Post

WRITING = (Post.UNIT, Post.INTAKE, Post.CALLBACK, Post.DISPATCHER, Post.SHIFT_LEADER, Post.ADMIN)
EDITING = (Post.SHIFT_LEADER, Post.ADMIN)
READING_FIGURES = (*sorted(CENTRE), Post.ADMIN)
CENTRE_WRITING = tuple(post for post in WRITING if post is not Post.UNIT)


def require_writer(actor: Actor, owner_unit_id: int) -> None:
    """Writers of the centre write for every unit; a unit's liaison only for units within reach."""
    require(actor, WRITING)
    if not actor.holds(*CENTRE_WRITING) and owner_unit_id not in actor.units(Post.UNIT):
        raise NotAllowed(_("责任单位不是您所在的单位，请由该单位或中心来写。"))


def require_editor(actor: Actor, version: ArticleVersion | None = None) -> None:
    """An editor of the centre; nobody lets out what they wrote themselves (四眼原则)."""
    require(actor, EDITING)
    if version is not None and not actor.system and version.written_by_id == actor.person_id:
        raise NotAllowed(_("这一版是您自己写的，请另一位编辑审核发布。"))


def may_see(actor: Actor, article: Article, version: ArticleVersion) -> bool:
    """Published words are for everybody at work; others for writers of the centre and the owner."""
    if version.state in ("published", "replaced", "withdrawn") or actor.holds(*CENTRE_WRITING):
        return True
    return article.owner_unit_id in actor.units(Post.UNIT)


def may_review(actor: Actor, article: Article) -> bool:
    """An editor, or a liaison of the owner unit."""
    return actor.holds(*EDITING) or article.owner_unit_id in actor.units(Post.UNIT)

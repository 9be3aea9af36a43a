"""From draft to published, and out again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from chengyun.cases.world import surroundings
from chengyun.hotline.knowledge import policies, search
from chengyun.hotline.knowledge.actions.writing import note_step
from chengyun.hotline.knowledge.personal import personal_data_in
from chengyun.hotline.models import Article, ArticleVerb, ArticleVersion, VersionState
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused
from chengyun.kernel.writing import writing

REVIEW_DAYS = "knowledge_review_days"


def submit(version_id: int, *, actor: Actor, now: datetime) -> ArticleVersion:
    """Hand a draft to the editors. Raises ``NotAllowed``, ``NotThere``, ``Refused`` or ``Invalid`` (personal data)."""
    with writing():
        version = _version(version_id)
        policies.require_writer(actor, version.owner_unit_id)
        _no_personal_data(version)
        _turn(version, (VersionState.DRAFT,), VersionState.SUBMITTED)
        note_step(version.article, version, ArticleVerb.SUBMIT, "", actor, now)
    return version


def publish(version_id: int, *, why: str = "", actor: Actor, now: datetime) -> ArticleVersion:
    """Let a submitted version out.

    1. The actor is an editor and did not write it.
    2. Nothing in it looks like personal data, and it is not past its last day.
    3. The version before is marked replaced, the article points to the new one, and search finds its words.
    4. The next review is due after the interval that holds today (a dated rule), or on its last day if sooner.

    Raises ``NotAllowed``, ``NotThere``, ``Refused`` or ``Invalid``.
    """
    with writing():
        version = _version(version_id)
        policies.require_editor(actor, version)
        _no_personal_data(version)
        today = local(now).date()
        if version.valid_until is not None and version.valid_until < today:
            raise Invalid({"valid_until": _("有效期已过，请先写一版新的有效期")})
        _turn(version, (VersionState.SUBMITTED,), VersionState.PUBLISHED)
        article = version.article
        ArticleVersion.objects.filter(article=article, state=VersionState.PUBLISHED).exclude(
            pk=version.pk
        ).update(state=VersionState.REPLACED)
        Article.objects.filter(pk=article.pk).update(
            current=version,
            title=version.title,
            category=version.category_id,
            owner_unit=version.owner_unit_id,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            review_due=_next_review(version.valid_until, now),
        )
        search.index(version)
        note_step(article, version, ArticleVerb.PUBLISH, why.strip(), actor, now)
    return version


def refuse(version_id: int, *, why: str, actor: Actor, now: datetime) -> ArticleVersion:
    """Send a submitted version back to whoever wrote it, with the reason."""
    with writing():
        version = _version(version_id)
        policies.require_editor(actor)
        _turn(version, (VersionState.SUBMITTED,), VersionState.REFUSED)
        note_step(version.article, version, ArticleVerb.REFUSE, _reason(why), actor, now)
    return version


def withdraw(article_id: int, *, why: str, actor: Actor, now: datetime) -> None:
    """Take an article out of use; its versions stay readable, and a new one may be published later."""
    policies.require_editor(actor)
    with writing():
        article = _article(article_id)
        version = article.current
        if version is None:
            raise Refused(_("这篇知识现在没有已发布的版本。"))
        reason = _reason(why)
        ArticleVersion.objects.filter(pk=version.pk).update(state=VersionState.WITHDRAWN)
        Article.objects.filter(pk=article_id).update(current=None, review_due=None)
        search.forget(article_id)
        note_step(article, version, ArticleVerb.WITHDRAW, reason, actor, now)


def review(article_id: int, *, why: str, actor: Actor, now: datetime) -> date:
    """Confirm that an article still holds; return when the next review is due."""
    with writing():
        article = _article(article_id)
        if article.current is None:
            raise Refused(_("这篇知识现在没有已发布的版本。"))
        if not policies.may_review(actor, article):
            raise NotAllowed(_("复核由责任单位或中心的编辑来做。"))
        due = _next_review(article.valid_until, now)
        Article.objects.filter(pk=article_id).update(review_due=due)
        note_step(article, article.current, ArticleVerb.REVIEW, _reason(why), actor, now)
    return due


def _next_review(valid_until: date | None, now: datetime) -> date:
    days = int(surroundings(now).rule("hotline", REVIEW_DAYS))
    due = local(now).date() + timedelta(days=days)
    return due if valid_until is None else min(due, valid_until)


def _no_personal_data(version: ArticleVersion) -> None:
    wrong = {}
    for name, _weight in search.WEIGHTS:
        if found := personal_data_in([getattr(version, name)]):
            shown = _("、").join(found)
            wrong[name] = _("疑似个人信息（%(found)s），请另写一版去掉后再送审") % {"found": shown}
    if wrong:
        raise Invalid(wrong)


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid({"why": _("请写明理由")})
    if len(why.strip()) > 300:
        raise Invalid(
            {"why": _("最多 %(most)d 字，现在 %(now)d 字") % {"most": 300, "now": len(why.strip())}}
        )
    return why.strip()


def _version(version_id: int) -> ArticleVersion:
    found = ArticleVersion.objects.select_for_update(of=("self",)).select_related("article")
    version = found.filter(pk=version_id).first()
    if version is None:
        raise NotThere(_("没有这一版。"))
    return version


def _article(article_id: int) -> Article:
    found = Article.objects.select_for_update(of=("self",)).select_related("current")
    article = found.filter(pk=article_id).first()
    if article is None:
        raise NotThere(_("没有这篇知识。"))
    return article


def _turn(version: ArticleVersion, before: tuple[VersionState, ...], after: VersionState) -> None:
    """Change the state only from where it may be; somebody else may have been quicker."""
    if not ArticleVersion.objects.filter(pk=version.pk, state__in=before).update(state=after):
        word = version.state_seen.label
        raise Refused(_("这一版现在是“%(state)s”，不能这样操作；请看过最新情况。") % {"state": word})
    version.state = after

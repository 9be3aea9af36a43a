"""Reply templates: made, given new words, retired. Old words are kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from chengyun.cases.process.kinds import Outcome
from chengyun.hotline.handling.policies import DRAFTING, require
from chengyun.hotline.handling.variables import unknown_in
from chengyun.hotline.models import ReplyTemplate, ReplyTemplateVersion
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.posts import Post


def may_change(template: ReplyTemplate, actor: Actor) -> bool:
    """The centre's own belong to the centre, a unit's to that unit's liaisons."""
    if template.unit_id is None:
        return actor.holds(Post.SHIFT_LEADER, Post.ADMIN)
    return template.unit_id in actor.units(Post.UNIT) or actor.holds(Post.ADMIN)


def make_template(
    *,
    title: str,
    body: str,
    unit_id: int | None = None,
    catalogue_prefix: str = "",
    outcome: str = "",
    actor: Actor,
    now: datetime,
) -> ReplyTemplate:
    """Make a template; without a unit it is the centre's. Raises ``NotAllowed`` or ``Invalid``."""
    require(actor, DRAFTING)
    template = ReplyTemplate(unit_id=unit_id, made_at=now)
    if not may_change(template, actor):
        raise NotAllowed(_("您只能为自己的单位写模板"))
    with writing():
        _describe(template, title, catalogue_prefix, outcome, body)
        template.save()
        _say(template, body, actor, now)
    return template


def change_template(
    template_id: int,
    *,
    title: str,
    body: str,
    catalogue_prefix: str = "",
    outcome: str = "",
    actor: Actor,
    now: datetime,
) -> ReplyTemplate:
    """Give a template new words, as a new version. Raises ``NotAllowed``, ``NotThere`` or ``Invalid``."""
    with writing():
        template = _found(template_id, actor)
        _describe(template, title, catalogue_prefix, outcome, body)
        template.save(update_fields=["title", "catalogue_prefix", "outcome"])
        latest = template.versions.first()
        if latest is None or latest.body != body.strip():
            _say(template, body, actor, now)
    return template


def retire_template(template_id: int, *, actor: Actor, now: datetime) -> ReplyTemplate:
    """Offer it no more; what was answered with it stays. Raises ``NotAllowed`` or ``NotThere``."""
    with writing():
        template = _found(template_id, actor)
        template.retired_at = now
        template.save(update_fields=["retired_at"])
    return template


def _found(template_id: int, actor: Actor) -> ReplyTemplate:
    template = ReplyTemplate.objects.filter(pk=template_id, retired_at=None).first()
    if template is None:
        raise NotThere(_("没有这个模板，或已停用"))
    if not may_change(template, actor):
        raise NotAllowed(_("您只能修改自己单位的模板"))
    return template


def _describe(template: ReplyTemplate, title: str, prefix: str, outcome: str, body: str) -> None:
    faults: dict[str, str] = {}
    template.title = text("title", title, 80, faults)
    template.catalogue_prefix = text("catalogue_prefix", prefix, 60, faults, required=False)
    template.outcome = outcome
    if outcome and outcome not in set(Outcome):
        faults["outcome"] = _("请从列出的结果中选")
    text("body", body, 5000, faults)
    if unknown := unknown_in(body):
        faults["body"] = _("不认识的变量：%(names)s") % {"names": _("、").join(unknown)}
    stop_at(faults)


def _say(template: ReplyTemplate, body: str, actor: Actor, now: datetime) -> None:
    last = template.versions.aggregate(top=Max("no"))["top"] or 0
    ReplyTemplateVersion.objects.create(
        template=template, no=last + 1, body=body.strip(), made_at=now, made_by_id=actor.person_id
    )

"""Reply templates that fit an order, filled in. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chengyun.cases.models import Case, CaseEvent
from chengyun.hotline.handling.variables import filled
from chengyun.hotline.models import ReplyTemplate, ReplyTemplateVersion
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post

_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A template with the facts of an order in it."""

    title: str
    unit: str
    outcome: str
    text: str


def templates_seen(actor: Actor, search: str = "", outcome: str = "") -> QuerySet[Any]:
    """Templates in use: the centre's and those of one's units; the centre sees all.

    With ``body`` and ``no`` of the version in use.
    """
    words = ReplyTemplateVersion.objects.filter(template=OuterRef("pk")).order_by("-no")
    found = ReplyTemplate.objects.filter(retired_at=None).select_related("unit")
    found = found.annotate(body=Subquery(words.values("body")[:1]), no=Subquery(words.values("no")[:1]))
    if not actor.holds(Post.SHIFT_LEADER, Post.ADMIN, Post.DISPATCHER):
        found = found.filter(Q(unit=None) | Q(unit_id__in=actor.units()))
    if search.strip():
        found = found.filter(Q(title__contains=search.strip()) | Q(body__contains=search.strip()))
    return found.filter(Q(outcome=outcome) | Q(outcome="")) if outcome else found


def drafts_for(case: Case, actor: Actor, now: datetime, search: str = "", outcome: str = "") -> list[Draft]:
    """Those that fit the class of the order, the narrowest class and the own unit first."""
    fits = [
        one
        for one in templates_seen(actor, search, outcome)
        if case.catalogue_key.startswith(one.catalogue_prefix)
    ]
    fits.sort(key=lambda one: (-len(one.catalogue_prefix), one.unit_id is None, one.title))
    values = values_of(case, now)
    return [
        Draft(one.title, one.unit.name if one.unit else "", one.outcome, filled(one.body, values))
        for one in fits[:_OFFERED]
    ]


def values_of(case: Case, now: datetime) -> dict[str, str]:
    """The variables of an order."""
    contact = CaseEvent.objects.filter(case_id=case.pk, verb="contact").order_by("-seq").first()
    at = contact.said.get("contacted_at") if contact is not None else None
    return {
        "编号": case.number,
        "标题": case.title,
        "地址": case.address,
        "承办单位": case.lead_unit.name if case.lead_unit else "",
        "登记日期": _day(case.registered_at),
        "先行联系日期": _day(datetime.fromisoformat(at)) if at else "",
        "经办负责人": case.handler.name if case.handler else "",
        "今天": _day(now),
    }


def _day(moment: datetime) -> str:
    there = local(moment)
    return f"{there.year}年{there.month}月{there.day}日"

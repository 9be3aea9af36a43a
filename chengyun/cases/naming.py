"""Who and what may be named in a verb: units that handle cases, people whose post fits the task."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.cases.facts import CaseFacts
from chengyun.organisation.models import Person, Posting, Unit, UnitKind
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import units_beneath

# Kinds of units that are given cases; the centre and its sections run the loop and are not.
HANDLING = frozenset({UnitKind.BUREAU, UnitKind.UTILITY, UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.TEAM})


def may_be_named(name: str, case: CaseFacts, on: date) -> QuerySet[Person]:
    """People for the field ``handler`` (handlers of the leading unit and beneath it) or ``inspector``."""
    postings = Posting.objects.held_on(on)
    if name == "inspector":
        postings = postings.filter(post=Post.INSPECTOR)
    else:
        units = units_beneath(case["lead_unit_id"]) if case["lead_unit_id"] else frozenset()
        postings = postings.filter(post=Post.HANDLER, unit_id__in=units)
    return Person.objects.filter(active=True, pk__in=postings.values("person_id")).order_by("name", "pk")


def wrong_person(name: str, person_id: int, case: CaseFacts, on: date) -> str | None:
    """Why this person cannot be given the task, or None."""
    if may_be_named(name, case, on).filter(pk=person_id).exists():
        return None
    if not Person.objects.filter(pk=person_id, active=True).exists():
        return _("没有这个人，或已离岗")
    if name == "inspector":
        return _("该人员现在不是监督员，请另选")
    return _("该人员不是主办单位的处置人员，请另选")


def wrong_units(unit_ids: Iterable[int]) -> str | None:
    """Why one of these units cannot be given a case, or None."""
    wanted = set(unit_ids)
    kinds = list(Unit.objects.filter(pk__in=wanted, active=True).values_list("kind", flat=True))
    if len(kinds) != len(wanted):
        return _("没有这个单位，或已停用")
    if not set(kinds) <= HANDLING:
        return _("城运中心及其科室不承办案件，请选承办单位")
    return None

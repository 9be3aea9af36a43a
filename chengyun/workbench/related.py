"""Cases that somebody tied to this one: merged into it, merged from it, linked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from chengyun.cases.models import Case, CaseLink
from chengyun.kernel.actor import Actor
from chengyun.workbench.case_words import StateWord, state_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Related:
    """Another case and how it belongs to this one."""

    number: str
    title: str
    state: StateWord
    how: str


def related_to(case: Case, actor: Actor) -> list[Related]:
    """Cases tied to this one that the person may see, newest first, at most fifty. Three queries."""
    how: dict[int, str] = {}
    links = CaseLink.objects.filter(Q(case_id=case.pk) | Q(other_id=case.pk)).values_list(
        "case_id", "other_id", "kind"
    )
    for here, other, kind in links[:MOST]:
        out = here == case.pk
        if kind == "merged":
            how[other if out else here] = _("本案并入的主案") if out else _("并入本案")
        else:
            how[other if out else here] = _("重复件") if kind == "repeated" else _("关联件")
    for pk in Case.objects.filter(merged_into_id=case.pk).values_list("pk", flat=True)[:MOST]:
        how[pk] = _("并入本案")
    if case.merged_into_id is not None:
        how[case.merged_into_id] = _("本案并入的主案")
    if not how:
        return []
    seen = Case.objects.seen_by(actor).filter(pk__in=how)
    rows = seen.order_by("-pk").values_list("pk", "number", "title", "kind", "state")
    return [Related(number, title, state_of(kind, state), how[pk]) for pk, number, title, kind, state in rows]

"""Named reads: publications of clerks and of the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.kinds import Stage
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.publishing import Publication, PublicationEvent, PublicationFile
from chengyun.budget.publishing import policies
from chengyun.budget.publishing.difference import Difference, difference
from chengyun.budget.publishing.term import Clock, clock_of
from chengyun.budget.publishing.words import PublicationDeed, PublicationState
from chengyun.cases.attachments import store
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget as the clerk publishes it: its clock, what is published, what waits."""

    budget: Budget
    clock: Clock | None
    released: Publication | None
    waiting: Publication | None


def publication_of(publication_id: int, *, actor: Actor | None) -> Publication:
    """The publication, or ``NotThere``, also where this person may not read it yet."""
    found = (
        Publication.objects.seen_by(actor)
        .select_related("budget", "supersedes", "prepared_by", "released_by")
        .filter(pk=publication_id)
        .first()
    )
    if found is None:
        raise NotThere(_("没有这份公开预算。"))
    return found


def latest_of(budget: Budget) -> Publication | None:
    """The version that is in force for the public."""
    released = Publication.objects.filter(budget=budget, state=PublicationState.RELEASED)
    return released.order_by("-number").first()


def versions_of(publication: Publication) -> list[Publication]:
    """All published versions of the same budget, the newest first."""
    return list(
        Publication.objects.released().filter(budget_id=publication.budget_id).defer("content", "findings")
    )


def released_budgets() -> list[Publication]:
    """For the public: the version in force of every published budget, the newest year first."""
    newest: dict[int, Publication] = {}
    for one in Publication.objects.released().defer("content", "findings").prefetch_related("files"):
        newest.setdefault(one.budget_id, one)
    return list(newest.values())


def standings(*, actor: Actor, now: datetime) -> list[Standing]:
    """Every approved budget with its clock; those that wait for publishing first."""
    budgets = Budget.objects.seen_by(actor).filter(stage__in=(Stage.APPROVED, Stage.ADJUSTED))
    rows = Publication.objects.exclude(state=PublicationState.DROPPED).defer("content", "findings")
    by_budget: dict[int, list[Publication]] = {}
    for row in rows.order_by("number"):
        by_budget.setdefault(row.budget_id, []).append(row)
    found = []
    for budget in budgets:
        own = by_budget.get(budget.pk, [])
        released = [one for one in own if one.state == PublicationState.RELEASED]
        waiting = next((one for one in own if one.state == PublicationState.PREPARED), None)
        clock = clock_of(budget, released[0] if released else None, now)
        found.append(Standing(budget, clock, released[-1] if released else None, waiting))
    return sorted(found, key=lambda one: (one.released is not None, -one.budget.fiscal_year))


def due_for(actor: Actor, now: datetime) -> list[Standing]:
    """Approved budgets that still wait for their publication, for the start page of those who publish."""
    if not actor.holds(*policies.PUBLISHING):
        return []
    rows = standings(actor=actor, now=now)
    return [one for one in rows if one.released is None and one.clock is not None and one.clock.due_on]


def explained(publication: Publication) -> dict[str, PublicationEvent]:
    """The last explanation of each finding, by the finding's key."""
    events = PublicationEvent.objects.filter(publication=publication, deed=PublicationDeed.EXPLAINED)
    return {event.finding: event for event in events.order_by("pk")}


def open_failures(publication: Publication) -> list[dict[str, Any]]:
    """What still blocks: every F, and every E that nobody has explained."""
    said = explained(publication)
    return [line for line in publication.failures if line["severity"] == "F" or line["key"] not in said]


def difference_of(publication: Publication) -> Difference | None:
    """What this version corrected; None for a first version."""
    if publication.supersedes is None:
        return None
    return difference(publication.supersedes.content, publication.content)


def file_of(publication: Publication, kind: str) -> tuple[PublicationFile, Path]:
    """A file and where its content lies. Raises ``NotThere``."""
    found = publication.files.filter(kind=kind).first()
    path = store.path_of(found.sha256) if found is not None else None
    if found is None or path is None or not path.exists():
        raise NotThere(_("没有这个文件。"))
    return found, path

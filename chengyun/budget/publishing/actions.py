"""Every write of publishing: prepare, explain an error, publish, drop, set the term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.budget.compiling.figures import unexplained
from chengyun.budget.compiling.narrative import compile_document
from chengyun.budget.kinds import Stage
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.publishing import (
    Publication,
    PublicationEvent,
    PublicationFile,
    PublishingTerm,
)
from chengyun.budget.publishing import policies
from chengyun.budget.publishing.attached import forms_of
from chengyun.budget.publishing.files import file_name, rendered
from chengyun.budget.publishing.gate import examine
from chengyun.budget.publishing.plain import plain
from chengyun.budget.publishing.queries import latest_of, open_failures, publication_of
from chengyun.budget.publishing.term import due_on
from chengyun.budget.publishing.words import FileKind, PublicationDeed, PublicationState
from chengyun.budget.queries import budget_of, facts_from
from chengyun.cases.attachments import store
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, Refused, Stale
from chengyun.kernel.writing import writing
from chengyun.organisation.policies import require
from chengyun.worktime.limits import Provenance

_MOST_BYTES = 50_000_000


def prepare(budget_id: int, *, correction_note: str = "", actor: Actor, now: datetime) -> Publication:
    """Compile an approved budget, render its files and have the checker read them.

    1. The budget is approved, and every change that the text states has its reason.
    2. A correction of what is published says what it corrects.
    3. Files are rendered and checked before the transaction: it takes seconds.
    4. An older version that waits is dropped; the new one is written with its files and findings.

    Raises ``NotAllowed``, ``NotThere``, ``Refused``, ``Invalid``; ``Stale`` where the ledger moved meanwhile.
    """
    require(actor, *policies.PUBLISHING)
    budget = budget_of(budget_id, actor=actor)
    current, note = latest_of(budget), correction_note.strip()
    approved_on = _may_be_prepared(budget, current, note)
    facts = facts_from(budget)
    missing = [change.figure.label for change in unexplained(facts)]
    if missing:
        raise Refused(_("以下增减还没有说明原因：%(names)s。") % {"names": _("、").join(missing)})
    document = compile_document(facts, forms_of(budget))
    content = plain(document)
    if current is not None and current.content == content:
        raise Refused(_("与已公开的第 %(number)s 版完全相同，不必更正。") % {"number": current.number})
    files = rendered(facts, document)
    prior = compile_document(facts.prior) if facts.prior is not None else None
    findings = examine(document, files, prior)
    kept = _keep(files)
    with writing():
        _unmoved(budget)
        _drop_waiting(budget, actor=actor, now=now)
        made = Publication.objects.create(
            budget=budget,
            number=current.number + 1 if current is not None else 1,
            ledger_version=budget.version,
            ledger_revision=budget.revision,
            fiscal_year=budget.fiscal_year,
            org_name=budget.org_name,
            title=document.title,
            content=content,
            findings=findings,
            supersedes=current,
            correction_note=note,
            approved_on=approved_on,
            due_on=due_on(approved_on),
            prepared_by_id=actor.person_id,
            prepared_at=now,
        )
        PublicationFile.objects.bulk_create(
            PublicationFile(
                publication=made,
                kind=kind,
                name=file_name(document.title, made.number, kind),
                sha256=sha256,
                size=len(files[kind]),
            )
            for kind, sha256 in kept.items()
        )
        _write_down(made, PublicationDeed.PREPARED, actor=actor, now=now, note=note)
    return made


def explain(
    publication_id: int, finding: str, *, text: str, seen: int, actor: Actor, now: datetime
) -> Publication:
    """Say why an error (E) is none, or why it must stand; a fatal contradiction (F) cannot be explained away."""
    require(actor, *policies.PUBLISHING)
    said = text.strip()
    if len(said) < 5:
        raise Invalid({"text": _("请写明理由，至少 5 个字，会与发布件一起留存。")})
    with writing():
        publication = _moved(publication_id, seen, actor=actor)
        line = next((one for one in publication.failures if one["key"] == finding), None)
        if line is None:
            raise Refused(_("发布件里没有这个问题。"))
        if line["severity"] == "F":
            raise Refused(_("致命问题不能用说明代替，请修改台账后重新生成。"))
        _write_down(publication, PublicationDeed.EXPLAINED, actor=actor, now=now, note=said, finding=finding)
    return publication


def release(
    publication_id: int, *, late_reason: str = "", seen: int, actor: Actor, now: datetime
) -> Publication:
    """Publish: from now on everybody reads it. Refused while an F fails, or an E that nobody explained.

    After the last day of the term the reason for the delay is asked for and published with it.
    """
    require(actor, *policies.PUBLISHING)
    with writing():
        publication = _moved(publication_id, seen, actor=actor)
        budget = publication.budget
        if (budget.version, budget.revision) != (publication.ledger_version, publication.ledger_revision):
            raise Stale(_("生成发布件以后台账有改动，请重新生成。"))
        failures = open_failures(publication)
        if failures:
            raise Refused(
                _("核对未通过，不能公开：%(first)s（共 %(count)s 项）")
                % {"first": failures[0]["message_zh"], "count": len(failures)}
            )
        late = _is_late(publication, now)
        if late and not late_reason.strip():
            raise Invalid(
                {"late_reason": _("已超过公开期限 %(day)s，请说明迟延原因。") % {"day": publication.due_on}}
            )
        Publication.objects.filter(pk=publication.pk).update(
            state=PublicationState.RELEASED,
            released_by_id=actor.person_id,
            released_at=now,
            late_reason=late_reason.strip() if late else "",
        )
        _write_down(publication, PublicationDeed.RELEASED, actor=actor, now=now, note=late_reason.strip())
    publication.refresh_from_db()
    return publication


def drop(publication_id: int, *, seen: int, actor: Actor, now: datetime) -> Publication:
    """Give up a version that was not published."""
    require(actor, *policies.PUBLISHING)
    with writing():
        publication = _moved(publication_id, seen, actor=actor)
        _drop_waiting(publication.budget, actor=actor, now=now)
    return publication


def set_term(
    *, days: int, valid_from: date, source: str, provenance: str, actor: Actor, now: datetime
) -> PublishingTerm:
    """Enter another number of days, in force from a day on; rows of other days stay."""
    require(actor, *policies.PUBLISHING)
    with writing():
        if PublishingTerm.objects.filter(valid_from=valid_from).exists():
            raise Invalid({"valid_from": _("这一天起已有一条期限，请换一个生效日期。")})
        return PublishingTerm.objects.create(
            days=days,
            valid_from=valid_from,
            source=source.strip(),
            provenance=Provenance(provenance),
            made_at=now,
            made_by=actor.name,
        )


def _may_be_prepared(budget: Budget, current: Publication | None, note: str) -> date:
    """The day of approval."""
    if Stage(budget.stage) is not Stage.APPROVED:
        raise Refused(_("预算处于“%(stage)s”阶段，批复后才能公开。") % {"stage": budget.stage_of.label})
    if budget.approved_on is None:
        raise Refused(_("这份预算没有批复日期，请在台账的“阶段”里重新办理批复并填写日期。"))
    if current is not None and not note:
        raise Invalid(
            {
                "correction_note": _("第 %(number)s 版已经公开，请写明更正了什么。")
                % {"number": current.number}
            }
        )
    return budget.approved_on


def _is_late(publication: Publication, now: datetime) -> bool:
    """Whether a first version comes after the last day; a correction has no term."""
    due = publication.due_on
    return publication.number == 1 and due is not None and local(now).date() > due


def _keep(files: Mapping[FileKind, bytes]) -> dict[FileKind, str]:
    """Put the contents into the store; a file without a row does no harm."""
    kept = {}
    for kind, content in files.items():
        with store.receiving([content], _MOST_BYTES) as incoming:
            store.keep(incoming)
            kept[kind] = incoming.sha256
    return kept


def _unmoved(budget: Budget) -> None:
    still = Budget.objects.select_for_update().filter(
        pk=budget.pk, version=budget.version, revision=budget.revision, stage=budget.stage
    )
    if not still.exists():
        raise Stale(_("排版期间台账有改动，请重新生成。"))


def _drop_waiting(budget: Budget, *, actor: Actor, now: datetime) -> None:
    for old in Publication.objects.filter(budget=budget, state=PublicationState.PREPARED):
        Publication.objects.filter(pk=old.pk).update(state=PublicationState.DROPPED, version=F("version") + 1)
        _write_down(old, PublicationDeed.DROPPED, actor=actor, now=now)


def _moved(publication_id: int, seen: int, *, actor: Actor) -> Publication:
    """The waiting publication, taken for this change only if it is still the version that was seen."""
    publication = publication_of(publication_id, actor=actor)
    taken = Publication.objects.filter(
        pk=publication.pk, state=PublicationState.PREPARED, version=seen
    ).update(version=F("version") + 1)
    if not taken:
        raise Stale(
            _("发布件已被他人处理，现为“%(state)s”，请刷新后再试。") % {"state": publication.standing.label}
        )
    publication.refresh_from_db()
    return publication


def _write_down(
    publication: Publication, deed: PublicationDeed, *, actor: Actor, now: datetime, **said: Any
) -> None:
    PublicationEvent.objects.create(
        publication=publication, deed=deed, by_id=actor.person_id, by_name=actor.name, at=now, **said
    )

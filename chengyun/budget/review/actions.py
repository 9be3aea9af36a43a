"""Verbs: hand documents in, stop, settle a finding, make a corrected copy."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.budget.models.review import (
    CorrectedCopy,
    Disposition,
    DispositionKind,
    Review,
    ReviewedDocument,
    ReviewReport,
    ReviewState,
    folder,
)
from chengyun.budget.review import correcting, policies
from chengyun.budget.review.intake import Handed, taken_in, why_not
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere, Refused, Stale
from chengyun.kernel.writing import writing

MOST_NOTE = 500  # characters


def ask_review(
    files: Sequence[UploadedFile[bytes]],
    *,
    prior: UploadedFile[bytes] | None = None,
    from_folder: bool = False,
    actor: Actor,
    now: datetime,
) -> Review:
    """Keep the documents and queue their check. Raises ``NotAllowed`` or ``Invalid``.

    1. Archives are unpacked; what cannot be a budget is refused or, inside a folder or archive, left out.
    2. A prior year's budget belongs to one document; with several there is none.
    3. Files are written before the rows, so that no row ever names a file that is not there.
    """
    policies.require_checking(actor)
    handed = taken_in(files, folder=from_folder)
    if prior is not None and len(handed.documents) > 1:
        raise Invalid({"prior": _("上年预算只能与一份文件一起提交。")})
    prior_name, prior_stored = _kept_prior(prior)
    kept = [(name, *_keep(name, data), len(data)) for name, data in handed.documents]
    with writing():
        review = Review.objects.create(
            asked_by_id=actor.person_id,
            asked_at=now,
            name=_title(handed, files),
            total=len(kept),
            prior_name=prior_name,
            prior_stored=prior_stored,
            skipped=handed.skipped,
        )
        ReviewedDocument.objects.bulk_create(
            ReviewedDocument(review=review, name=name, stored_name=stored, sha256=digest, size=size)
            for name, stored, digest, size in kept
        )
        transaction.on_commit(lambda: _enqueue(review.pk))
    return review


def _enqueue(review_id: int) -> None:
    from chengyun.budget.review.tasks import run_review

    run_review.enqueue(review_id)


def _title(handed: Handed, files: Sequence[UploadedFile[bytes]]) -> str:
    if len(handed.documents) == 1:
        return handed.documents[0][0]
    first = PurePath((files[0].name or "").replace("\\", "/")).name
    if len(files) == 1:
        return first[:200]
    return (_("%(first)s 等 %(count)d 份") % {"first": first[:150], "count": len(handed.documents)})[:200]


def _kept_prior(prior: UploadedFile[bytes] | None) -> tuple[str, str]:
    if prior is None:
        return "", ""
    data = prior.read()
    problem = why_not(data)
    if problem:
        raise Invalid({"prior": problem})
    name = PurePath(prior.name or "prior").name[:200]
    return name, _keep(name, data)[0]


def _keep(name: str, data: bytes) -> tuple[str, str]:
    """Write a file under a name that tells nothing; return that name and the file's digest."""
    suffix = PurePath(name).suffix.lower()
    stored = f"{uuid.uuid4().hex}{suffix if suffix.isascii() and len(suffix) <= 6 else ''}"
    (folder() / stored).write_bytes(data)
    return stored, hashlib.sha256(data).hexdigest()


def stop_review(review_id: int, *, actor: Actor, now: datetime) -> Review:
    """Ask a check to stop; what has been checked stays. One that waits stops at once."""
    policies.require_checking(actor)
    with writing():
        review = Review.objects.seen_by(actor).filter(pk=review_id).first()
        if review is None:
            raise NotThere(_("没有这次核对。"))
        waiting = Review.objects.filter(pk=review_id, state=ReviewState.QUEUED)
        if waiting.update(state=ReviewState.STOPPED, stop_asked=True, ended_at=now):
            review.documents.update(state=ReviewState.STOPPED)
        else:
            Review.objects.filter(pk=review_id, state=ReviewState.RUNNING).update(stop_asked=True)
    review.refresh_from_db()
    return review


def settle(
    document_id: int, finding: str, kind: str, note: str, *, seen: int, actor: Actor, now: datetime
) -> Disposition:
    """Write down what somebody makes of a finding.

    1. An explanation or a rejection needs its reason; agreeing does not.
    2. ``seen`` is the number of dispositions that the person saw; another one since then is told first.
    """
    policies.require_checking(actor)
    assert actor.person_id is not None  # the system settles nothing
    document = _document(document_id, actor)
    if finding not in {one["key"] for one in _report(document)["findings"]}:
        raise NotThere(_("报告中没有这一条。"))
    note = note.strip()
    _check_note(kind, note)
    with writing():
        latest = document.dispositions.filter(finding=finding).order_by("-number").first()
        if (latest.number if latest else 0) != seen:
            assert latest is not None
            raise _stale(latest)
        try:
            return Disposition.objects.create(
                document=document,
                finding=finding,
                number=seen + 1,
                kind=kind,
                note=note,
                by_id=actor.person_id,
                at=now,
            )
        except IntegrityError as error:
            raise Stale(_("这一条刚被别人处理，请刷新后再看。")) from error


def _check_note(kind: str, note: str) -> None:
    if kind not in set(DispositionKind):
        raise Invalid({"kind": _("请选择处理意见。")})
    if kind in (DispositionKind.EXPLAINED, DispositionKind.REJECTED) and not note:
        raise Invalid({"note": _("请写明理由：说明或不采纳都要有依据。")})
    if len(note) > MOST_NOTE:
        told = _("最多 %(most)d 字，现在 %(count)d 字。")
        raise Invalid({"note": told % {"most": MOST_NOTE, "count": len(note)}})


def _stale(latest: Disposition) -> Stale:
    told = _("%(who)s 刚刚把这一条标为“%(kind)s”，请看过后再定。")
    return Stale(told % {"who": latest.by.name, "kind": latest.standing.label})


def correct(document_id: int, findings: Sequence[str], *, actor: Actor, now: datetime) -> CorrectedCopy:
    """Apply the proposals of these findings to a copy; the document itself is never touched.

    Raises ``Invalid`` where nothing was chosen or a finding has no proposal, ``Refused`` where the copy
    cannot be written.
    """
    policies.require_checking(actor)
    assert actor.person_id is not None  # the system corrects nothing
    document = _document(document_id, actor)
    report = _report(document)
    changes = correcting.chosen(report, findings)
    if not changes:
        raise Invalid({"finding": _("请勾选有修改建议的条目。")})
    try:
        data, suffix = correcting.corrected(document.path, report, changes)
    except correcting.CannotCorrect as error:
        raise Refused(_("无法写出更正稿：%(why)s") % {"why": error}) from error
    stored = f"{uuid.uuid4().hex}{suffix}"
    (folder() / stored).write_bytes(data)
    with writing():
        return CorrectedCopy.objects.create(
            document=document,
            findings=list(findings),
            changes=changes,
            stored_name=stored,
            by_id=actor.person_id,
            at=now,
        )


def _document(document_id: int, actor: Actor) -> ReviewedDocument:
    document = ReviewedDocument.objects.seen_by(actor).filter(pk=document_id).first()
    if document is None:
        raise NotThere(_("没有这份文件。"))
    return document


def _report(document: ReviewedDocument) -> dict[str, Any]:
    report = ReviewReport.objects.filter(document=document).first()
    if report is None:
        raise NotThere(_("这份文件还没有核对报告。"))
    said: dict[str, Any] = report.said
    return said

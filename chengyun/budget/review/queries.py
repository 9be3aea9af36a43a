"""Named reads of this part."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.budget.models.review import (
    CorrectedCopy,
    Review,
    ReviewedDocument,
    ReviewReport,
    ReviewState,
)
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere

CHOICES = 300  # documents offered for comparing


def review_of(review_id: int, actor: Actor) -> Review:
    """One handing in. Raises ``NotThere``."""
    review = Review.objects.seen_by(actor).select_related("asked_by").filter(pk=review_id).first()
    if review is None:
        raise NotThere(_("没有这次核对。"))
    return review


def document_of(document_id: int, actor: Actor) -> ReviewedDocument:
    """One document. Raises ``NotThere``."""
    found = ReviewedDocument.objects.seen_by(actor).select_related("review__asked_by")
    document = found.filter(pk=document_id).first()
    if document is None:
        raise NotThere(_("没有这份文件。"))
    return document


def report_of(document: ReviewedDocument) -> dict[str, Any]:
    """The stored report. Raises ``NotThere`` where the document was not checked."""
    row = ReviewReport.objects.filter(document=document).first()
    if row is None:
        raise NotThere(_("这份文件还没有核对报告。"))
    said: dict[str, Any] = row.said
    return said


def reviews(actor: Actor, words: str = "") -> QuerySet[Review]:
    """Handings in, newest first; with words, those of which a document or its heading has them."""
    found = Review.objects.seen_by(actor).select_related("asked_by")
    if words:
        named = ReviewedDocument.objects.filter(name__contains=words).values("review")
        headed = ReviewedDocument.objects.filter(heading__contains=words).values("review")
        found = found.filter(pk__in=named) | found.filter(pk__in=headed)
    return found


def comparable(actor: Actor) -> list[ReviewedDocument]:
    """Checked documents that can be compared, newest first."""
    found = ReviewedDocument.objects.seen_by(actor).filter(state=ReviewState.DONE)
    return list(found[:CHOICES])


def copy_of(copy_id: int, actor: Actor) -> CorrectedCopy:
    """One corrected copy. Raises ``NotThere``."""
    copy = CorrectedCopy.objects.select_related("document").filter(pk=copy_id).first()
    if copy is None or not ReviewedDocument.objects.seen_by(actor).filter(pk=copy.document_id).exists():
        raise NotThere(_("没有这份更正稿。"))
    return copy

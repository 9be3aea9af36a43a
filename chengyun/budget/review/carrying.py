"""Checks the documents of one handing in, one after the other; can be stopped between and within them."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from chengyun.budget.models.review import Review, ReviewedDocument, ReviewReport, ReviewState, folder
from chengyun.budget.review.checker import Checker, Stopped
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Account


def carry_out(review_id: int, *, now: datetime) -> None:
    """Check what is not yet checked. Safe to repeat after a killed worker: reports that are there stay.

    1. One that has ended, or was stopped while it waited, is left alone.
    2. A document that cannot be read says why and does not keep the others from being checked.
    3. Messages are in the language of whoever asked.
    """
    with writing():
        begun = Review.objects.filter(pk=review_id, state__in=(ReviewState.QUEUED, ReviewState.RUNNING))
        if not begun.update(state=ReviewState.RUNNING):
            return
    review = Review.objects.get(pk=review_id)
    try:
        with translation.override(_language_of(review)):
            state = _all_documents(review)
    except Exception:
        _end(review, ReviewState.FAILED, now)
        raise
    _end(review, state, now)


def _end(review: Review, state: ReviewState, now: datetime) -> None:
    with writing():
        left = (ReviewState.QUEUED, ReviewState.RUNNING)
        review.documents.filter(state__in=left).update(state=state)
        Review.objects.filter(pk=review.pk).update(state=state, ended_at=now)


def _language_of(review: Review) -> str:
    if review.asked_by_id is None:
        return settings.LANGUAGE_CODE
    asker = Account.objects.filter(person_id=review.asked_by_id).exclude(language="")
    return asker.values_list("language", flat=True).first() or settings.LANGUAGE_CODE


def _all_documents(review: Review) -> ReviewState:
    def stop_asked() -> bool:
        return Review.objects.filter(pk=review.pk, stop_asked=True).exists()

    prior = folder() / review.prior_stored if review.prior_stored else None
    waiting = review.documents.filter(state__in=(ReviewState.QUEUED, ReviewState.RUNNING)).order_by("pk")
    with Checker(stop_asked) as checker:
        for document in waiting:
            if stop_asked():
                return ReviewState.STOPPED
            try:
                _one(document, prior, checker)
            except Stopped:
                return ReviewState.STOPPED
    return ReviewState.DONE


def _one(document: ReviewedDocument, prior: Path | None, checker: Checker) -> None:
    with writing():
        ReviewedDocument.objects.filter(pk=document.pk).update(state=ReviewState.RUNNING)
    begun = time.perf_counter()
    there = document.path.is_file()
    gone: dict[str, Any] = {"unreadable": _("文件已不在，请重新上传")}
    result = checker.check(document.path, prior) if there else gone
    said: dict[str, Any] = {"seconds": round(time.perf_counter() - begun, 2)}
    report = result.get("report")
    if report is None:
        # The file is called by its stored name there; the reader knows it by another.
        problem = str(result["unreadable"]).replace(document.stored_name, document.name)
        said |= {"state": ReviewState.FAILED, "problem": problem[:500]}
    else:
        said |= {
            "state": ReviewState.DONE,
            "heading": report["heading"],
            "kind": report["kind"],
            "fiscal_year": report["year"] or None,
            "to_settle": len(report["findings"]),
            **report["counts"],
        }
    with writing():
        if report is not None:
            ReviewReport.objects.update_or_create(document=document, defaults={"said": report})
        ReviewedDocument.objects.filter(pk=document.pk).update(**said)
        Review.objects.filter(pk=document.review_id).update(passed=F("passed") + 1)

"""核对预算: hand documents in, watch the check, stop it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.budget.models.review import Review, ReviewedDocument, ReviewState
from chengyun.budget.review import queries
from chengyun.budget.review.actions import ask_review, stop_review
from chengyun.budget.review.forms import HandInForm
from chengyun.budget.review.policies import CHECKING, READING, may_check
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

_SHOWN = 20  # handings in on a page


@needs(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Hand documents in; below, what was checked."""
    asked = request.method == "POST"
    form = HandInForm(request.POST if asked else None, request.FILES if asked else None)
    if asked:
        if not may_check(request.actor):
            raise NotAllowed(_("只有预算员可以提交核对。"))
        if form.is_valid():
            try:
                review = ask_review(
                    form.chosen(),
                    prior=form.cleaned_data["prior"],
                    from_folder=bool(form.cleaned_data["folder"]),
                    actor=request.actor,
                    now=request.now,
                )
            except Invalid as error:
                for name, text in error.fields.items():
                    form.add_error(name, text)
            else:
                return redirect("budget:review", review_id=review.pk)
    words = request.GET.get("q", "").strip()[:60]
    rows = Paginator(queries.reviews(request.actor, words), _SHOWN).get_page(request.GET.get("page"))
    said = {
        "form": form,
        "rows": rows,
        "singles": _singles(list(rows)),
        "words": words,
        "may_check": may_check(request.actor),
    }
    return render(request, "budget/review/list.html", said, status=422 if form.errors else 200)


def _singles(rows: list[Review]) -> dict[int, ReviewedDocument]:
    """The only document of a handing in of one, so that the list leads straight to its report."""
    found = ReviewedDocument.objects.filter(review__in=[one.pk for one in rows if one.total == 1])
    return {document.review_id: document for document in found}


@needs(*READING)
@require_safe
def review(request: StaffRequest, review_id: int) -> HttpResponse:
    """One handing in: how far it is, and its documents. A single document that is through is its report."""
    seen = queries.review_of(review_id, request.actor)
    documents = list(seen.documents.order_by("pk"))
    if seen.total == 1 and documents[0].state == ReviewState.DONE and not seen.under_way:
        return redirect("budget:review-report", document_id=documents[0].pk)
    said = {"review": seen, "documents": documents, "may_check": may_check(request.actor)}
    return render(request, "budget/review/review.html", said)


@needs(*READING)
@require_safe
def progress(request: StaffRequest, review_id: int) -> HttpResponse:
    """How far it is, as a fragment; once it is through, the page is loaded anew."""
    seen = queries.review_of(review_id, request.actor)
    said = {
        "review": seen,
        "documents": list(seen.documents.order_by("pk")),
        "may_check": may_check(request.actor),
    }
    answer = render(request, "budget/review/_progress.html", said)
    if not seen.under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@needs(*CHECKING)
@require_POST
def stop(request: StaffRequest, review_id: int) -> HttpResponse:
    """Stop a check; reports that are there stay."""
    seen = stop_review(review_id, actor=request.actor, now=request.now)
    if seen.stop_asked:
        messages.success(request, _("已要求停止“%(name)s”，已核对的报告保留。") % {"name": seen.name})
    else:
        messages.info(request, _("“%(name)s”已经结束。") % {"name": seen.name})
    return redirect("budget:review", review_id=review_id)

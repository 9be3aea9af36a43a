"""The list under a box in which the class of a case is typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengyun.cases.forms import items_meant
from chengyun.cases.vocabulary import CatalogueKind
from chengyun.kernel.clock import local
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest

# What a form may ask for: the kinds of catalogue of hotline orders and of grid cases.
KINDS = {
    "hotline": (CatalogueKind.APPEALS.value,),
    "grid": (CatalogueKind.MATTERS.value, CatalogueKind.PARTS.value),
}
MOST_SHOWN, MOST_TYPED = 12, 60


@staff
@require_safe
def items(request: StaffRequest) -> HttpResponse:
    """Items of the editions in force that ``catalogue_text`` may mean; ``of`` is hotline or grid."""
    text = request.GET.get("catalogue_text", "").strip()[:MOST_TYPED]
    kinds = KINDS.get(request.GET.get("of", ""), KINDS["hotline"])
    found = items_meant(text, kinds, local(request.now).date(), MOST_SHOWN)
    return render(request, "cases/_items.html", {"items": found, "text": text})

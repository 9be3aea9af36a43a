"""The page a person sees when a verb refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengyun.kernel.errors import Refused


def refusal_page(request: HttpRequest, error: Refused) -> HttpResponse:
    """A page in the product's frame with the sentence of the refusal, and the error's own status."""
    return render(request, "organisation/refused.html", {"error": error}, status=error.status)

"""What every page of contracts needs beside its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chengyun.budget.contracts.months import written
from chengyun.budget.contracts.pricing import plain
from chengyun.budget.contracts.words import DocumentKind, Feed, ItemKind, UsageSource, Verdict
from chengyun.kernel.clock import local
from chengyun.organisation.requests import StaffRequest

_WORDS: dict[str, Any] = {
    "kinds": ItemKind,
    "feeds": Feed,
    "sources": UsageSource,
    "document_kinds": DocumentKind,
    "verdicts": Verdict,
    "plain": plain,
    "written": written,
}


def shown(request: StaffRequest, name: str, said: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a page of this part."""
    said = {**_WORDS, "today": local(request.now).date(), **said}
    return render(request, f"budget/contracts/{name}.html", said, status=status)

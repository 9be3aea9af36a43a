"""Addresses: publications and their differences. What stands beneath ``open-budget/`` is open to all."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.budget.publishing.views import desk, public

_ONE = "budget/publishing/<int:publication_id>/"
_OPEN = "open-budget/<int:publication_id>/"

urlpatterns: list[URLPattern] = [
    path("budget/publishing/", desk.publications_page, name="publications"),
    path("budget/publishing/term/", desk.term_page, name="publishing-term"),
    path("budget/<int:budget_id>/publishing/", desk.prepare_page, name="prepare-publication"),
    path(_ONE, desk.publication_page, name="publication"),
    path(f"{_ONE}document/", desk.publication_preview, name="publication-preview"),
    path(f"{_ONE}release/", desk.release_page, name="release-publication"),
    path(f"{_ONE}drop/", desk.drop_page, name="drop-publication"),
    path(f"{_ONE}explain/<slug:finding>/", desk.explain_page, name="explain-finding"),
    path(f"{_ONE}files/<slug:kind>/", desk.publication_file, name="publication-file"),
    path("open-budget/", public.open_budgets, name="open-budgets"),
    path(_OPEN, public.open_budget, name="open-budget"),
    path(f"{_OPEN}changes/", public.open_difference, name="open-difference"),
    path(f"{_OPEN}files/<slug:kind>/", public.open_file, name="open-file"),
]

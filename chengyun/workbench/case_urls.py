"""Addresses of one case; ``urls.py`` takes them in."""

from __future__ import annotations

from django.urls import path

from chengyun.workbench.views import case, case_parts, printing, verbs

urlpatterns = [
    path("cases/<str:number>/", case.page, name="case"),
    path("cases/<str:number>/head/", case.head, name="case-head"),
    path("cases/<str:number>/do/<str:verb>/", verbs.do, name="case-verb"),
    path("cases/<str:number>/similar/", case_parts.similar, name="case-similar"),
    path("cases/<str:number>/contact/", case_parts.contact, name="case-contact"),
    path("cases/<str:number>/files/", case_parts.files, name="case-files"),
    path("cases/<str:number>/history-check/", case_parts.history_check, name="case-history-check"),
    path("cases/<str:number>/sheet.pdf", printing.sheet, name="case-sheet"),
]

"""Addresses: suggestions beside the form, the dispatch catalogue 派单目录, words for classes."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.hotline.suggestions.views import compare, dispatch, suggest, tables, words

urlpatterns: list[URLPattern] = [
    path("hotline/suggest/", suggest.suggest, name="suggest"),
    path("hotline/suggest/beside/<str:number>/", suggest.beside, name="suggest-beside"),
    path("hotline/compare/<str:number>/<str:other>/", compare.compare, name="compare"),
    path("hotline/dispatch-catalogue/", dispatch.catalogue, name="dispatch-catalogue"),
    path("hotline/dispatch-catalogue/set/", dispatch.set_line, name="set-dispatch-rule"),
    path("hotline/dispatch-catalogue/<int:rule_id>/end/", dispatch.end_line, name="end-dispatch-rule"),
    path(
        "hotline/dispatch-catalogue/<int:rule_id>/withdraw/",
        dispatch.withdraw_line,
        name="withdraw-dispatch-rule",
    ),
    path("hotline/dispatch-catalogue/import/", tables.import_lines, name="import-dispatch-rules"),
    path("hotline/dispatch-catalogue/rejected/<uuid:key>/", tables.rejected, name="rejected-dispatch-rules"),
    path("hotline/dispatch-catalogue/export/", tables.export_lines, name="export-dispatch-rules"),
    path("hotline/class-words/", words.words, name="class-words"),
    path("hotline/class-words/add/", words.add, name="add-class-word"),
    path("hotline/class-words/<int:word_id>/retire/", words.retire, name="retire-class-word"),
]

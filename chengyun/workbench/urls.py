"""Addresses of the room."""

from __future__ import annotations

from django.urls import include, path

from chengyun.workbench.views import bulk, export, home, lists, saved_filters, search

app_name = "workbench"

urlpatterns = [
    path("", home.home, name="home"),
    path("lists/<slug:name>/", lists.work_list, name="list"),
    path("cases/", lists.cases, name="cases"),
    path("search/", search.search, name="search"),
    path("bulk/<slug:verb>/", bulk.bulk, name="bulk"),
    path("filters/save/", saved_filters.save, name="filter-save"),
    path("filters/<int:filter_id>/rename/", saved_filters.rename, name="filter-rename"),
    path("filters/<int:filter_id>/delete/", saved_filters.delete, name="filter-delete"),
    path("exports/", export.exports, name="exports"),
    path("exports/<int:export_id>/", export.progress, name="export"),
    path("exports/<int:export_id>/file/", export.file, name="export-file"),
    path("exports/<int:export_id>/cancel/", export.cancel, name="export-cancel"),
    path("exports/<int:export_id>/delete/", export.delete, name="export-delete"),
    path("", include("chengyun.workbench.case_urls")),
]

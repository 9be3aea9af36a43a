"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from chengyun.geography import views, views_import

app_name = "geography"
urlpatterns = [
    path("geography/", views.areas, name="areas"),
    path("geography/import/", views_import.import_page, name="import"),
    path("geography/import/rejects.csv", views_import.rejects, name="import-rejects"),
    path("geography/areas/<str:code>/", views.area, name="area"),
    path("geography/layers/outline.json", views.layer, {"name": "outline"}, name="outline"),
    path("geography/layers/streets.json", views.layer, {"name": "streets"}, name="streets"),
    path("geography/layers/communities.json", views.layer, {"name": "communities"}, name="communities"),
    path("geography/layers/grids.json", views.layer, {"name": "grids"}, name="grids"),
    path("geography/locate.json", views.locate_point, name="locate"),
    path("geography/match.json", views.match, name="match"),
    path("geography/suggest.json", views.suggest, name="suggest"),
]

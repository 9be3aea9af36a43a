"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from chengyun.hotline import urls_desk, urls_handling, urls_knowledge, urls_notices, urls_suggestions
from chengyun.hotline.views import imports

app_name = "hotline"
urlpatterns = [
    path("hotline/import/", imports.page, name="import"),
    path("hotline/import/<int:run_id>/progress/", imports.progress, name="import-progress"),
    path("hotline/import/<int:run_id>/stop/", imports.stop, name="import-stop"),
    path("hotline/import/<int:run_id>/rejects.csv", imports.rejects, name="import-rejects"),
    *urls_desk.urlpatterns,
    *urls_knowledge.urlpatterns,
    *urls_handling.urlpatterns,
    *urls_suggestions.urlpatterns,
    *urls_notices.urlpatterns,
]

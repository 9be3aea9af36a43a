"""The addresses of this room alone, for tests of its views."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("chengyun.cases.urls"))]

"""Every address of the product, room by room."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from chengyun.config.views import healthz

ROOMS = ("ui", "organisation", "geography", "worktime", "cases", "hotline", "patrol", "workbench")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    *(path("", include(f"chengyun.{room}.urls")) for room in ROOMS if find_spec(f"chengyun.{room}.urls")),
]

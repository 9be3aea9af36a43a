"""Addresses: which happenings are told to callers."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.hotline.notices import views

urlpatterns: list[URLPattern] = [
    path("hotline/notices/", views.listing, name="notices"),
    path("hotline/notices/new/", views.new, name="notice-new"),
    path("hotline/notices/<int:rule_id>/stop/", views.stop, name="notice-stop"),
]

"""Addresses: codes of the year, budgets, lines, calculations, projects."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses: articles of the knowledge base, and what came from other platforms."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

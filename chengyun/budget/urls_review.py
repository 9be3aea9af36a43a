"""Addresses: documents that were checked, findings and what became of them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses: the unit's form, audit, callbacks and ratings."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

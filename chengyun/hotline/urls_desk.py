"""Addresses: calls, drafts of orders, and which line of the decision table was used."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses: learnt models and the dispatch catalogue 派单目录."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

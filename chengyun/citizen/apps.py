"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "chengyun.citizen"
    label = "citizen"

"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "chengyun.budget"
    label = "budget"

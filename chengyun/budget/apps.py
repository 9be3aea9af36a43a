"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "chengyun.budget"
    label = "budget"

    def ready(self) -> None:
        """Offer what this room measures of itself."""
        from chengyun.budget.contracts.measures import offer_measures
        from chengyun.budget.performance.measures import offer_measures as offer_spending

        offer_measures()
        offer_spending()

"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "chengyun.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Hang this room's notices on the bell, and offer its measures."""
        from chengyun.messaging.measures import offer_measures
        from chengyun.messaging.notices import waiting_for
        from chengyun.ui import bell

        bell.register(waiting_for)
        offer_measures()

"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "chengyun.messaging"
    label = "messaging"

    def ready(self) -> None:
        from chengyun.messaging.measures import offer_measures

        offer_measures()

"""Django's name for this room."""

from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "chengyun.messaging"
    label = "messaging"

"""Django's name for this room, and what it listens to."""

from __future__ import annotations

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "chengyun.citizen"
    label = "citizen"

    def ready(self) -> None:
        """Hear how orders end."""
        from chengyun.citizen.reactions import VERBS, tell_supporters
        from chengyun.kernel.events import on

        on("citizen: tell supporters", VERBS, tell_supporters)

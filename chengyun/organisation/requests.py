"""The shape of a request after this room's middleware: who asks, and when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Account


class OpenRequest(HttpRequest):
    """Anybody's request; ``actor`` is None for a visitor who has not logged in."""

    now: datetime
    actor: Actor | None


class StaffRequest(HttpRequest):
    """A request of somebody at work."""

    now: datetime
    actor: Actor
    user: Account

"""What this part does when it hears of an order."""

from __future__ import annotations

from datetime import datetime

from chengyun.cases.models import CaseEvent
from chengyun.hotline.handling.actions.draw import draw
from chengyun.hotline.handling.actions.rate import keep_callback
from chengyun.hotline.handling.actions.replies import note_reply
from chengyun.kernel.events import on


def register() -> None:
    """Listen. Called once, by the room's ``apps.py``."""
    on("hotline.handling: keep a reply", ("answer",), _answered)
    on("hotline.handling: draw for callback", ("pass_audit",), _audited)
    on("hotline.handling: keep a callback", ("call_back",), _called_back)


def _answered(event: CaseEvent, now: datetime) -> None:
    note_reply(event, now=now)


def _audited(event: CaseEvent, now: datetime) -> None:
    draw(event, now=now)


def _called_back(event: CaseEvent, now: datetime) -> None:
    keep_callback(event, now=now)

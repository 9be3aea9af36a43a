"""Who may: everybody at work may read the calendar and the limits, an administrator may change them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed

ADMIN = "admin"  # the post's code; the room that owns posts stands above this one


def may_edit(actor: Actor) -> bool:
    """Tell whether this person may change the calendar and the limits."""
    return actor.holds(ADMIN)


def check_edit(actor: Actor) -> None:
    """Raise NotAllowed unless this person may change the calendar and the limits."""
    if not may_edit(actor):
        raise NotAllowed(_("工作日历和时限只能由系统管理员修改。"))

"""What the callback clerk says: the rows of the script, with the order's facts in them."""

from __future__ import annotations

import re
from datetime import datetime

from chengyun.hotline.handling.reading import Order
from chengyun.hotline.handling.rows import texts_on
from chengyun.hotline.handling.words import RowKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.masking import mask_name

_VARIABLE = re.compile(r"\{(\w+)\}")


def script_of(order: Order, actor: Actor, now: datetime) -> list[str]:
    """The lines in their order. An unknown variable is left out."""
    there = local(order.case.registered_at)
    name = order.contact.name if order.contact is not None else ""
    values = {
        "clerk": actor.name,
        "caller": mask_name(name) if name else "",
        "registered": f"{there.month}月{there.day}日",
        "title": order.title,
        "unit": order.unit,
    }
    lines = texts_on(RowKind.SCRIPT, local(now).date())
    return [_VARIABLE.sub(lambda found: values.get(found[1], ""), line) for line in lines]

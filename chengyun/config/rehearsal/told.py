"""Messages of the rehearsal: most callers were told that their order was accepted. Nothing was sent to anybody."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from chengyun.cases.facts import CaseFacts
from chengyun.messaging.models import Message, TemplateVersion
from chengyun.messaging.states import MessageState

_TEMPLATE = "order_accepted"
_TOLD = 0.97  # share of orders with a message; the others left a landline
_ENDS = (MessageState.DELIVERED, MessageState.FAILED, MessageState.UNKNOWN)
_WEIGHTS = (975, 18, 7)


def tell(played: Iterable[CaseFacts], callers: Iterable[Mapping[str, Any]], chance: random.Random) -> None:
    """Write a message, marked as rehearsal, for most hotline orders. Needs the templates; does nothing without."""
    version = TemplateVersion.objects.filter(template__name=_TEMPLATE).order_by("-number").first()
    if version is None:
        return
    rows = []
    for case, caller in zip(played, callers, strict=True):
        if case["kind"] != "hotline" or not caller or chance.random() > _TOLD:
            continue
        at = case.events[0].at + timedelta(seconds=chance.randint(2, 90))
        state = chance.choices(_ENDS, _WEIGHTS)[0]
        rows.append(
            Message(
                key=f"rehearsal:{case['number']}",
                version=version,
                template_name=_TEMPLATE,
                phone=caller["phone"],
                text=f"您反映的“{case['title']}”已受理，编号{case['number']}。",
                segments=1,
                about=case["number"],
                rehearsal=True,
                state=state,
                written_at=at,
                written_by="演练",
                tries=1,
                gateway="rehearsal",
                claimed_at=at,
                sent_at=at,
                ended_at=at + timedelta(seconds=chance.randint(1, 40)),
            )
        )
    Message.objects.bulk_create(rows, batch_size=500)

"""Replay one imported order through the real verbs, with its own times. No database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengyun.cases import engine
from chengyun.cases.facts import CaseFacts, Surroundings
from chengyun.cases.process import HOTLINE
from chengyun.hotline.imports.orders import Order
from chengyun.kernel.actor import Actor

_NO_CONTACT = {"reached": "not_needed", "why_not": "来源文件没有先行联系的记录"}
_UNREACHED = {"outcome": "explained", "satisfaction": "unreached"}


def replay(
    order: Order, columns: dict[str, Any], unit_id: int, *, actor: Actor, world: Surroundings
) -> CaseFacts:
    """Register, dispatch, sign and contact at the time of registering; answer, audit, call back and close at theirs.

    ``columns`` are facts of the case beside those of the order: number, place. An order without an answer stays
    in hand, one without a closing time stays answered.
    """
    at = order.registered_at
    case = engine.open_case(HOTLINE, columns, actor=actor, now=at, world=world)

    def take(verb: str, now: datetime, **said: Any) -> None:
        engine.take(case, verb, said, actor=actor, now=now, world=world)

    take("dispatch", at, unit=unit_id)
    take("sign", at)
    take("contact", at, **_NO_CONTACT)
    if order.answered_at is None or order.still_open:
        return case
    outcome = "solved" if order.closed_at else "explained"
    reply = order.reply or "（来源文件没有答复内容）"
    take("answer", order.answered_at, finding="true", demand="reasonable", outcome=outcome, reply=reply)
    if order.closed_at is None:
        return case
    take("pass_audit", order.closed_at)
    take("call_back", order.closed_at, **_UNREACHED)
    take("close", order.closed_at)
    return case

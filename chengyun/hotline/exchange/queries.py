"""Named reads of the exchange."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from chengyun.hotline.exchange.wechat import draft_of
from chengyun.hotline.models import Exchange, ExchangeResult, Partner, WechatMessage, WechatTalk

DAY = timedelta(days=1)
_WRONG = (ExchangeResult.REFUSED, ExchangeResult.DENIED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A partner with its last exchange, what came in the last day and what of it went wrong."""

    partner: Partner
    last_at: datetime | None
    taken: int
    wrong: int


def standings(now: datetime) -> list[Standing]:
    """Every partner, with how it does."""
    recent = Q(at__gt=now - DAY)
    real = Exchange.objects.exclude(path="").values("partner")
    rows = real.annotate(
        last=Max("at"),
        taken=Count("id", filter=recent & ~Q(result__in=_WRONG)),
        wrong=Count("id", filter=recent & Q(result__in=_WRONG)),
    )
    known: dict[int, Any] = {row["partner"]: row for row in rows}
    blank: dict[str, Any] = {"last": None, "taken": 0, "wrong": 0}
    return [
        Standing(one, row["last"], row["taken"], row["wrong"])
        for one in Partner.objects.select_related("unit")
        for row in [known.get(one.pk, blank)]
    ]


def log_lines(*, partner: str = "", result: str = "") -> QuerySet[Exchange]:
    """The log, newest first; ``partner`` is a code, ``-`` those who are none."""
    rows = Exchange.objects.select_related("partner", "case").order_by("-id")
    if partner == "-":
        rows = rows.filter(partner=None)
    elif partner:
        rows = rows.filter(partner__code=partner)
    return rows.filter(result=result) if result in set(ExchangeResult) else rows


@dataclass(frozen=True, slots=True)
class TalkSeen:
    """A conversation as the desk sees it: the follower masked, the last words, what is not in an order yet."""

    talk: WechatTalk
    who: str
    messages: list[WechatMessage]
    waiting: int


def talk_seen(talk: WechatTalk) -> TalkSeen:
    """The last thirty messages of a conversation."""
    last = list(talk.messages.select_related("case").order_by("-pk")[:30])
    return TalkSeen(talk, f"{talk.open_id[:4]}****", last[::-1], draft_of(talk).count())

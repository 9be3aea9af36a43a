"""How often something may be done, counted in the database so that all processes count together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from chengyun.citizen.hashes import keyed
from chengyun.citizen.models import RateHit
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_WINDOWS = {Name.REPORTS_PER_PHONE: DAY, Name.CODES_PER_PHONE: DAY}


class TooOften(Refused):
    """The limit is reached; the message says until when."""

    status = 429
    code = "too_often"


def count(name: Name, who: str, *, now: datetime, times: int = 1) -> None:
    """Count one more (or ``times`` more) of something by a network address, telephone or order.

    Raises ``TooOften`` if that would be more than the rule allows; nothing is then counted. An empty ``who``
    is not counted: there is nothing to tell people apart by.
    """
    if not who or not times:
        return
    window, key = _WINDOWS.get(name, HOUR), keyed(name, who)
    most = rule(name, now)
    with writing():
        hits = RateHit.objects.filter(rule=name, key=key, at__gt=now - window).order_by("at")
        moments = list(hits.values_list("at", flat=True)[: most + 1])
        if len(moments) + times > most:
            raise TooOften(_sentence(window, moments, now))
        RateHit.objects.bulk_create(RateHit(rule=name, key=key, at=now) for _one in range(times))


def _sentence(window: timedelta, moments: list[datetime], now: datetime) -> str:
    if window == DAY:
        return _("今天用这个电话办理的次数已到上限，没有保存。请明天再试；急事请直接拨打 12345。")
    wait = (moments[0] + window - now) if moments else window
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return _("操作太频繁，没有保存。请约 %(minutes)d 分钟后再试；急事请直接拨打 12345。") % {
        "minutes": minutes
    }

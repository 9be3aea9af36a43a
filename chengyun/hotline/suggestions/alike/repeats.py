"""Orders that may be the same matter: same caller, or near in place, time and meaning; each with its reasons."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengyun.cases import search
from chengyun.cases.labels import state_label
from chengyun.cases.models import Case, Contact
from chengyun.hotline.policies import REGISTERING
from chengyun.hotline.queries import is_whole
from chengyun.hotline.suggestions.alike.window import Order
from chengyun.kernel.actor import Actor

DAYS, METRES, MOST = 90, 300.0, 6
ALIKE_NEAR, ALIKE_FAR, ALIKE_ANYWHERE, ALIKE_CALLER = 0.15, 0.3, 0.6, 0.1
_OF_CALLER, _AT_ADDRESS = 30, 40  # the newest so many are looked at
_NUMBERED = re.compile(
    r"[\u3400-\u9fff]{2,4}\s?[0-9０-９]+"
)  # 友谊路1600: the part that tells, and few words to look up
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Repeat:
    """An order that may be the same matter. ``open`` ones come first; ``why`` is one line of reasons."""

    case_id: int
    number: str
    title: str
    state: str
    meaning: str
    score: float
    why: str
    open: bool
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the new order is; what is not known is None or empty."""

    longitude: float | None = None
    latitude: float | None = None
    street_id: int | None = None
    community_id: int | None = None
    address: str = ""


def of_caller(phone: str, actor: Actor) -> set[int]:
    """Ids of the newest orders with this telephone; only for those who take orders in."""
    if not is_whole(phone) or not actor.holds(*REGISTERING):
        return set()
    digits = re.sub(r"[\- ]", "", phone)
    rows = Contact.objects.filter(phone=digits).order_by("-case_id")
    return set(rows.values_list("case_id", flat=True)[:_OF_CALLER])


def at_address(address: str) -> set[int]:
    """Ids of the newest orders with the same road and number; none if the address has no number."""
    told = _NUMBERED.search(address)
    if told is None:
        return set()
    return set(next(iter(search.find(told[0], batch=_AT_ADDRESS, most=_AT_ADDRESS)), []))


def repeats(
    orders: Iterable[Order],
    spot: Spot,
    catalogue_key: str,
    *,
    callers: set[int],
    addressed: set[int],
    now: datetime,
    without: int | None = None,
) -> list[Repeat]:
    """The likeliest repeats among ``orders``, open ones first, at most six of the last 90 days. One query."""
    weighed: dict[int, tuple[float, list[str]]] = {}
    for order in orders:
        score, reasons = _weigh(order, spot, catalogue_key, order.id in callers, order.id in addressed)
        if reasons and order.id != without:
            weighed[order.id] = score, reasons
    likeliest = sorted(weighed, key=lambda one: (-weighed[one][0], -one))[: 4 * MOST]
    rows = Case.objects.filter(pk__in=likeliest, registered_at__gte=now - timedelta(days=DAYS)).values(
        "id", "number", "title", "kind", "state", "registered_at", "closed_at"
    )
    found = []
    for row in rows:
        score, reasons = weighed[row["id"]]
        word, meaning = state_label(row["kind"], row["state"])
        found.append(
            Repeat(
                case_id=row["id"],
                number=row["number"],
                title=row["title"],
                state=word,
                meaning=meaning,
                score=round(score, 3),
                why=_("，").join([*reasons, _ago((now - row["registered_at"]).days)]),
                open=row["closed_at"] is None,
                registered_at=row["registered_at"],
            )
        )
    return sorted(found, key=lambda one: (not one.open, -one.score, -one.case_id))[:MOST]


def _ago(days: int) -> str:
    if days < 1:
        return _("今天登记")
    return ngettext("%(days)d 天前登记", "%(days)d 天前登记", days) % {"days": days}


def _weigh(
    order: Order, spot: Spot, catalogue_key: str, same_caller: bool, addressed: bool
) -> tuple[float, list[str]]:
    metres = _distance(order, spot)
    near = metres is not None and metres <= METRES
    same_class = bool(catalogue_key) and order.catalogue_key == catalogue_key
    alike = order.alike
    reasons: list[str] = []
    if near and (same_class or alike >= ALIKE_NEAR):
        reasons.append(_("相距 %(metres)d 米") % {"metres": metres or 0})
    elif addressed and (same_class or alike >= ALIKE_NEAR):
        reasons.append(_("同一地址"))
    elif spot.community_id and order.community_id == spot.community_id and alike >= ALIKE_FAR:
        reasons.append(_("同一居村"))
    elif alike >= ALIKE_ANYWHERE:
        reasons.append(_("同一街镇") if spot.street_id is not None else _("用语相同"))
    if same_caller and (reasons or same_class or alike >= ALIKE_CALLER or not order.closed):
        reasons.append(_("同一来电号码"))
    if not reasons:
        return 0.0, []
    if same_class:
        reasons.append(_("同一类别"))
    if alike >= ALIKE_NEAR:
        reasons.append(_("说法相近 %(percent)d%%") % {"percent": round(alike * 100)})
    nearness = 1 - (metres or 0) / METRES if near else 0.5 * addressed
    return alike + 0.4 * same_class + 0.5 * same_caller + 0.6 * nearness, reasons


def _distance(order: Order, spot: Spot) -> float | None:
    """Metres between the two, on a flat map: good enough for a few streets."""
    if order.longitude is None or order.latitude is None or spot.longitude is None or spot.latitude is None:
        return None
    north = (order.latitude - spot.latitude) * _METRES_PER_DEGREE
    east = (order.longitude - spot.longitude) * _METRES_PER_DEGREE * math.cos(math.radians(spot.latitude))
    return math.hypot(north, east)

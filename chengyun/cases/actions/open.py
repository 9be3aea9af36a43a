"""Open a case: the one way in, whatever the channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from chengyun.cases import engine, ledger, search
from chengyun.cases.actions.contacts import checked_contact
from chengyun.cases.actions.opening import write_opened
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.numbers import series_of
from chengyun.cases.process import LOOPS
from chengyun.cases.vocabulary import SECRET_BY_DEFAULT, AppealType, Channel, Urgency
from chengyun.cases.world import surroundings
from chengyun.geography.queries import locate
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid

_LONGEST = {"title": 200, "description": 20_000, "address": 300, "condition": 40, "catalogue_key": 60}


@dataclass(slots=True)
class NewCase:
    """What a door says of a new case. Coordinates are WGS-84; ``client_id`` makes retries safe.

    ``city_due_at`` is the city platform's own deadline for an order it sent down.
    ``street_id`` and ``community_id`` are what an address told; a point inside the district says it better.
    """

    kind: str
    title: str
    channel: str
    description: str = ""
    appeal_type: str = ""
    catalogue_key: str = ""
    condition: str = ""
    urgency: str = "normal"
    secret: bool | None = None
    wants_reply: bool = True
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    accuracy: float | None = None
    street_id: int | None = None
    community_id: int | None = None
    client_id: UUID | None = None
    source_system: str = ""
    source_number: str = ""
    city_due_at: datetime | None = None
    reporter_id: int | None = None
    rehearsal: bool = False
    state: str = ""  # another of the loop's beginnings, as 自处理
    contact: dict[str, Any] = field(default_factory=dict)


def open_case(new: NewCase, *, actor: Actor, now: datetime) -> tuple[CaseFacts, bool]:
    """Open a case and write everything that belongs to it, in one transaction.

    1. Check what was said; ``Invalid`` names every wrong field.
    2. Find grid, community and street from the point; work out first event, clocks and search words.
    3. Take the next number, on which everybody waits, and write all of it at once.
    4. If the database has this client id already, all of that is undone and the earlier case is returned:
       a retry makes no second case and takes no number.

    Returns the case and whether it is new.
    """
    facts, caller = _checked(new), checked_contact(new.contact)
    world = surroundings(now, deadlines={"city": new.city_due_at} if new.city_due_at is not None else None)
    case = engine.open_case(LOOPS[new.kind], facts, actor=actor, now=now, world=world, state=new.state)
    tokens, series = search.tokens_of(*search_texts(case)), series_of(new.kind, now)
    try:
        write_opened(case, series, tokens, caller)
        return case, True
    except IntegrityError:
        if new.client_id is not None and (earlier := _earlier(new.client_id, actor)):
            return earlier, False
        if (
            new.source_number
            and Case.objects.filter(source_system=new.source_system, source_number=new.source_number).exists()
        ):
            raise Invalid(
                {"source_number": _("来源编号 %(n)s 已登记过") % {"n": new.source_number}}
            ) from None
        raise


def search_texts(case: CaseFacts) -> tuple[str, ...]:
    """What of a case can be found by words."""
    row = case.row
    return (row["number"], row["title"], row["description"], row["address"], row["source_number"])


def _earlier(client_id: UUID, actor: Actor) -> CaseFacts | None:
    found = Case.objects.filter(client_id=client_id).values_list("pk", flat=True).first()
    return ledger.load(found, actor) if found is not None else None


def _checked(new: NewCase) -> dict[str, Any]:
    """Columns of the case, or ``Invalid``."""
    wrong: dict[str, str] = {}
    if new.kind not in LOOPS:
        raise Invalid({"kind": _("种类应为 hotline 或 grid")})
    if not new.title.strip():
        wrong["title"] = _("请填写标题")
    for name, most in _LONGEST.items():
        text = getattr(new, name)
        if len(text) > most:
            wrong[name] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": most, "now": len(text)}
        elif "\x00" in text:
            wrong[name] = _("含有不可见的控制字符，请重新输入")
    for name, words in (("channel", Channel), ("urgency", Urgency), ("appeal_type", AppealType)):
        value = getattr(new, name)
        if (value or name != "appeal_type") and value not in set(words):
            offered = _("、").join(words)
            wrong[name] = _("“%(value)s”不在可选值内：%(offered)s") % {"value": value, "offered": offered}
    if new.kind == "hotline" and not new.appeal_type:
        wrong["appeal_type"] = _("请选择诉求类型")
    if new.state and new.state not in LOOPS[new.kind].starts:
        wrong["state"] = _("案件不能从这个状态开始")
    wrong |= _wrong_point(new.longitude, new.latitude)
    if wrong:
        raise Invalid(wrong)
    return _columns(new)


def _wrong_point(longitude: float | None, latitude: float | None) -> dict[str, str]:
    if (longitude is None) != (latitude is None):
        return {"longitude": _("经度和纬度须同时填写")}
    if longitude is not None and latitude is not None:
        if not -180 <= longitude <= 180 or longitude != longitude:
            return {"longitude": _("经度应在 -180 到 180 之间")}
        if not -90 <= latitude <= 90 or latitude != latitude:
            return {"latitude": _("纬度应在 -90 到 90 之间")}
    return {}


def _columns(new: NewCase) -> dict[str, Any]:
    secret = new.secret if new.secret is not None else new.appeal_type in SECRET_BY_DEFAULT
    facts: dict[str, Any] = {
        "title": new.title.strip(),
        "description": new.description.strip(),
        "channel": str(new.channel),
        "appeal_type": str(new.appeal_type),
        "catalogue_key": new.catalogue_key,
        "condition": new.condition,
        "urgency": str(new.urgency),
        "secret": secret,
        "wants_reply": new.wants_reply,
        "address": new.address.strip(),
        "longitude": new.longitude,
        "latitude": new.latitude,
        "accuracy": new.accuracy,
        "street_id": new.street_id,
        "community_id": new.community_id,
        "client_id": new.client_id,
        "source_system": new.source_system,
        "source_number": new.source_number,
        "reporter_id": new.reporter_id,
        "rehearsal": new.rehearsal,
    }
    if new.longitude is not None and new.latitude is not None:
        place = locate(new.longitude, new.latitude)
        if place.street_id is not None:
            facts |= {
                "street_id": place.street_id,
                "community_id": place.community_id,
                "grid_id": place.grid_id,
            }
    return facts

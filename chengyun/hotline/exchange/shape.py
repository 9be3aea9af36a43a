"""What a partner says of an order, field by field: read, checked, every wrong field named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions.contacts import checked_contact
from chengyun.cases.catalogue_queries import item
from chengyun.cases.vocabulary import AppealType, Urgency
from chengyun.geography.coordinates import System, to_wgs84
from chengyun.hotline.exchange.files import FileSaid, files_of
from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import Invalid
from chengyun.kernel.labelled import Labelled

_TEXTS = {"number": 60, "title": 200, "content": 20_000, "address": 300, "class": 60, "coordinate_system": 10}
_FLAGS = ("secret", "wants_reply")
_CALLER = ("name", "phone", "other_phone", "id_number", "address_detail")
FIELDS = frozenset(
    {*_TEXTS, *_FLAGS, "appeal_type", "urgency", "longitude", "latitude", "deadline", "caller", "attachments"}
)
_FIRST_YEAR, _LAST_YEAR = 2004, 2099


@dataclass(slots=True)
class OrderSaid:
    """An order as a partner tells it. Coordinates are WGS-84 by now, the deadline is UTC."""

    number: str
    title: str
    content: str
    appeal_type: str
    urgency: str = "normal"
    class_key: str = ""
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    deadline: datetime | None = None
    secret: bool | None = None
    wants_reply: bool = True
    caller: dict[str, str] = field(default_factory=dict)
    files: list[FileSaid] = field(default_factory=list)


def order_of(said: Any, *, deadline: bool) -> OrderSaid:
    """Read an order; ``deadline`` tells whether this partner may set one. Raises ``Invalid`` by field."""
    if not isinstance(said, dict):
        raise Invalid({"body": _("正文应为一个 JSON 对象")})
    wrong: dict[str, str] = {}
    for name in said:
        if name not in FIELDS or (name == "deadline" and not deadline):
            wrong[str(name)[:60]] = _("不认识这一项；可用的有 %(names)s") % {
                "names": "、".join(sorted(FIELDS))
            }
    texts = {name: _text(said, name, most, wrong) for name, most in _TEXTS.items()}
    for name in ("number", "content"):
        if not texts[name] and name not in wrong:
            wrong[name] = _("缺少这一项")
    flags = {name: _flag(said, name, wrong) for name in _FLAGS}
    order = OrderSaid(
        number=texts["number"],
        title=texts["title"] or _title_from(texts["content"]),
        content=texts["content"],
        appeal_type=_word(said, "appeal_type", AppealType, wrong, must=True),
        urgency=_word(said, "urgency", Urgency, wrong) or "normal",
        class_key=_class(texts["class"], wrong),
        address=texts["address"],
        deadline=_moment(said.get("deadline"), wrong) if deadline else None,
        secret=flags["secret"],
        wants_reply=flags["wants_reply"] is not False,
        caller=_caller(said.get("caller"), wrong),
        files=files_of(said.get("attachments"), wrong),
    )
    order.longitude, order.latitude = _point(said, texts["coordinate_system"], wrong)
    if wrong:
        raise Invalid(wrong)
    return order


def _text(said: Mapping[str, Any], name: str, most: int, wrong: dict[str, str]) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name == "number":
        value = str(value)
    if not isinstance(value, str):
        wrong[name] = _("应为文字")
        return ""
    text = value.strip()
    if len(text) > most:
        wrong[name] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": most, "now": len(text)}
    elif "\x00" in text:
        wrong[name] = _("含有不可见的控制字符，请重新输入")
    return text


def _title_from(content: str) -> str:
    line = content.partition("\n")[0].strip()
    return line if len(line) <= 40 else f"{line[:39]}…"


def _flag(said: Mapping[str, Any], name: str, wrong: dict[str, str]) -> bool | None:
    value = said.get(name)
    if value is not None and not isinstance(value, bool):
        wrong[name] = _("应为 true 或 false")
        return None
    return value


def _word(
    said: Mapping[str, Any], name: str, words: type[Labelled], wrong: dict[str, str], must: bool = False
) -> str:
    """A coded value by its code or its Chinese term."""
    value = said.get(name)
    if value in (None, "") and not must:
        return ""
    known = {form: one.value for one in words for form in (one.value, one.zh)}
    if not isinstance(value, str) or value.strip() not in known:
        offered = _("、").join(f"{one.value}（{one.zh}）" for one in words)
        wrong[name] = (
            _("缺少这一项") if value in (None, "") else _("应为其中之一：%(offered)s") % {"offered": offered}
        )
        return ""
    return known[value.strip()]


def _class(key: str, wrong: dict[str, str]) -> str:
    if key and "class" not in wrong and item(key) is None:
        wrong["class"] = _("目录中没有这一项")
    return key


def _moment(value: Any, wrong: dict[str, str]) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError
    except (ValueError, AttributeError, OverflowError):
        wrong["deadline"] = _("时间应写成 2026-11-30T17:00:00+08:00 的样子")
        return None
    return moment.astimezone(UTC)


def _caller(said: Any, wrong: dict[str, str]) -> dict[str, str]:
    if said is None:
        return {}
    if not isinstance(said, dict) or not all(isinstance(v, str) for v in said.values()):
        wrong["caller"] = _("应为对象，各项为文字")
        return {}
    unknown = [name for name in said if name not in _CALLER]
    for name in unknown:
        wrong[f"caller.{str(name)[:40]}"] = _("不认识这一项；可用的有 %(names)s") % {
            "names": "、".join(_CALLER)
        }
    try:
        return {
            n: v for n, v in checked_contact({n: v for n, v in said.items() if n in _CALLER}).items() if v
        }
    except Invalid as error:
        wrong.update({f"caller.{name}": text for name, text in error.fields.items()})
        return {}


def _point(said: Mapping[str, Any], system: str, wrong: dict[str, str]) -> tuple[float | None, float | None]:
    longitude, latitude = said.get("longitude"), said.get("latitude")
    if longitude is None and latitude is None:
        return None, None
    for name, value in (("longitude", longitude), ("latitude", latitude)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            wrong[name] = _("应为数字，经度和纬度须同时有")
            return None, None
    if system and system not in set(System):
        wrong["coordinate_system"] = _("应为其中之一：%(offered)s") % {"offered": _("、").join(System)}
        return None, None
    assert longitude is not None
    assert latitude is not None
    try:
        return to_wgs84(float(longitude), float(latitude), system or System.WGS84)
    except (Invalid, OverflowError) as error:
        wrong["longitude"] = error.message if isinstance(error, Invalid) else _("应为有限的数字")
        return None, None

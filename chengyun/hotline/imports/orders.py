"""From a row of a file to the facts of an order, by the mapping. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from chengyun.cases.vocabulary import AppealType, Channel, Urgency
from chengyun.hotline.imports.mapping import TIMES, FieldMap, Mapping
from chengyun.kernel.errors import Invalid

_LONGEST = {
    "source_number": 60,
    "phone": 20,
    "catalogue_key": 60,
    "description": 20_000,
    "reply": 20_000,
    "address": 300,
    "caller": 80,
    "unit": 80,
}
_ISO = "%Y-%m-%d %H:%M:%S"
_EARLIEST, _LATEST = 2004, 2099  # the working calendar begins in the first; the other is beyond any deadline


@dataclass(slots=True)
class Order:
    """One order as its file tells it; times are aware."""

    source_number: str
    title: str
    registered_at: datetime
    description: str = ""
    target_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    reply: str = ""
    caller: str = ""
    phone: str = ""
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    channel: str = "import"
    appeal_type: str = "other"
    catalogue_key: str = ""
    urgency: str = "normal"
    unit: str = ""
    still_open: str = ""


class OrderReader:
    """Turns rows into orders by one mapping; keeps what is the same for every row."""

    def __init__(self, mapping: Mapping, now: datetime) -> None:
        self._fields = [(name, field, field.columns) for name, field in mapping.fields.items()]
        self._columns = {name: "、".join(columns) or name for name, _field, columns in self._fields}
        self._zone = ZoneInfo(mapping.timezone)
        self._now = now

    def order(self, row: dict[str, Any]) -> Order:
        """Read one row. Raises ``Invalid`` naming each wrong field and its reason."""
        said: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, field, columns in self._fields:
            try:
                if name in TIMES:
                    said[name] = self._time(name, field, columns, row)
                else:
                    said[name] = _value(name, field, _joined(row, columns))
            except ValueError as error:
                wrong[name] = _("%(label)s：%(error)s") % {"label": self._columns[name], "error": error}
        for name in ("source_number", "title", "registered_at"):
            if name not in wrong and not said.get(name):
                wrong[name] = _("%(label)s：%(error)s") % {"label": self._columns[name], "error": _("为空")}
        if not wrong:
            wrong = _wrong_order_of_times(said)
        if wrong:
            raise Invalid(wrong)
        return Order(**{name: value for name, value in said.items() if value not in (None, "")})

    def _time(self, name: str, field: FieldMap, columns: list[str], row: dict[str, Any]) -> datetime | None:
        value = row.get(columns[0]) if columns else field.value
        if value in (None, "") or (isinstance(value, str) and not value.strip()):
            return None
        moment = value if isinstance(value, datetime) else self._parsed(name, str(value).strip(), field)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
        if moment.year < _EARLIEST:
            text = _("“%(value)s”早于 %(year)d 年，没有工作日历")
            raise ValueError(text % {"value": value, "year": _EARLIEST})
        if moment.year > _LATEST:
            raise ValueError(_("“%(value)s”晚于 %(year)d 年") % {"value": value, "year": _LATEST})
        if moment > self._now and name != "target_at":
            raise ValueError(_("“%(value)s”在将来") % {"value": value})
        return moment.astimezone(UTC)

    def _parsed(self, name: str, text: str, field: FieldMap) -> datetime:
        for form in [field.time] if isinstance(field.time, str) else field.time:
            try:
                moment = _moment(text, form)
            except ValueError:
                continue
            by_day = "%H" not in form and "%I" not in form and name != "registered_at"
            return moment + timedelta(days=1, seconds=-1) if by_day else moment
        raise ValueError(_("“%(value)s”不是约定的时间格式") % {"value": text})


@lru_cache(maxsize=1024)  # answered and closed often stand in one column
def _moment(text: str, form: str) -> datetime:
    """A naive moment; the zone is the mapping's."""
    if form == _ISO and len(text) == 19 and text[4] == text[7] == "-" and text[10] == " ":
        return datetime.fromisoformat(text)  # a twentieth of strptime's time
    return datetime.strptime(text, form)  # noqa: DTZ007


def _joined(row: dict[str, Any], columns: list[str]) -> str:
    if len(columns) == 1:
        return _text(row.get(columns[0]))
    return " ".join(part for part in [_text(row.get(column)) for column in columns] if part)


def _value(name: str, field: FieldMap, text: str) -> Any:
    if field.words:
        text = next((key for key, words in field.words.items() if any(w in text for w in words)), "")
    elif field.map:
        text = field.map.get(text, "")
    text = text or field.value
    if "\x00" in text:
        raise ValueError(_("含有空字符"))
    if name in {"longitude", "latitude"}:
        return _degrees(text, 180.0 if name == "longitude" else 90.0)
    if name == "title":
        return text if len(text) <= 200 else text[:199] + "…"
    if name in _LONGEST and len(text) > _LONGEST[name]:
        raise ValueError(_("最多 %(most)d 字，现在 %(now)d 字") % {"most": _LONGEST[name], "now": len(text)})
    return _word(name, text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # spreadsheets keep numbers of orders as floats
    return str(value).strip()


def _degrees(text: str, most: float) -> float | None:
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        raise ValueError(_("“%(value)s”不是度数") % {"value": text}) from None
    if not -most <= degrees <= most:
        raise ValueError(_("“%(value)s”超出 ±%(most)g 度") % {"value": text, "most": most})
    return degrees


_WORDS: dict[str, frozenset[str]] = {
    "channel": frozenset(Channel),
    "appeal_type": frozenset(AppealType),
    "urgency": frozenset(Urgency),
}


def _word(name: str, text: str) -> str:
    if text and name in _WORDS and text not in _WORDS[name]:
        raise ValueError(_("“%(value)s”不在可选值内") % {"value": text})
    return text


def _wrong_order_of_times(said: dict[str, Any]) -> dict[str, str]:
    registered, answered, closed = (said.get(n) for n in ("registered_at", "answered_at", "closed_at"))
    if answered and answered < registered:
        return {"answered_at": _("答复时间早于登记时间")}
    if closed and closed < (answered or registered):
        return {"closed_at": _("结案时间早于答复或登记时间")}
    if (said.get("longitude") is None) != (said.get("latitude") is None):
        return {"longitude": _("经度和纬度须同时有")}
    return {}

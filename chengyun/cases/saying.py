"""What is said with a verb, checked against what the verb asks for. Pure but for the language of messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import Invalid
from chengyun.kernel.loop import Ask

_MOST_PICKS, _LONGEST_PICK = 30, 500  # the second in characters


def clean(asks: Iterable[Ask], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked values, ready for JSON; empty ones are left out.

    Raises ``Invalid`` with every wrong field, in the reader's language.
    """
    asks = tuple(asks)
    cleaned: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for ask in asks:
        try:
            value = _one(ask, raw.get(ask.name))
        except ValueError as error:
            wrong[ask.name] = _("%(label)s：%(error)s") % {"label": _(ask.label), "error": error}
            continue
        if value not in (None, "", []):
            cleaned[ask.name] = value
    for ask in asks:
        if ask.name not in cleaned and ask.name not in wrong and _required(ask, cleaned):
            wrong[ask.name] = _("请填写%(label)s") % {"label": _(ask.label)}
    if len(cleaned) < len(raw):  # else all that was said is known
        names = {ask.name for ask in asks}
        for name in raw:
            if name not in names:
                wrong[name] = _("“%(name)s”不是这一步需要的内容，请删去") % {"name": name}
    if wrong:
        raise Invalid(wrong)
    return cleaned


def _required(ask: Ask, cleaned: Mapping[str, Any]) -> bool:
    if ask.required_when is not None:
        other, values = ask.required_when
        return str(cleaned.get(other)) in values
    return ask.required and ask.kind != "flag"


def _one(ask: Ask, value: Any) -> Any:
    if value is None:
        return None
    kind = ask.kind
    if kind in {"line", "text", "case", "item", "criterion"}:
        return _text(ask, value)
    if kind == "choice":
        return _choice(ask, value)
    if kind in {"unit", "helper", "person", "number"}:
        return _whole_number(value)
    if kind == "units":
        values = value if isinstance(value, list | tuple) else [value]
        return [_whole_number(one) for one in values if one not in (None, "")]
    if kind == "picks":
        return _picks(value)
    if kind == "moment":
        return _moment(value)
    if kind == "date":
        return _date(value)
    return value in (True, 1, "1", "on", "true")


def _text(ask: Ask, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("应为文字"))
    text = value.strip()
    if "\x00" in text:
        raise ValueError(_("含有不可见的控制字符，请重新输入"))
    if len(text) > ask.most:
        raise ValueError(_("最多 %(most)d 字，现在 %(now)d 字") % {"most": ask.most, "now": len(text)})
    return text


def _choice(ask: Ask, value: Any) -> str | None:
    if value == "":
        return None
    assert ask.choices is not None
    try:
        return str(ask.choices(value).value)
    except ValueError:
        offered = _("、").join(member.label for member in ask.choices)
        raise ValueError(_("请从 %(offered)s 中选一个") % {"offered": offered}) from None


def _whole_number(value: Any) -> int | None:
    if value == "":
        return None
    if isinstance(value, bool) or not str(value).strip().isdigit() or len(str(value)) > 15:
        raise ValueError(_("请从列表中选择"))
    return int(value)


def _picks(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    texts = [one.strip() for one in values if isinstance(one, str) and one.strip()]
    if len(texts) > _MOST_PICKS or any(len(one) > _LONGEST_PICK or "\x00" in one for one in texts):
        raise ValueError(_("最多选 %(most)d 项") % {"most": _MOST_PICKS})
    return list(dict.fromkeys(texts))


def _moment(value: Any) -> str | None:
    if value == "":
        return None
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(_("时间应写成 2026-11-23 16:40 的样子")) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(SHANGHAI).isoformat()


def _date(value: Any) -> str | None:
    if value == "":
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ValueError(_("日期应写成 2026-11-23 的样子")) from None
    return day.isoformat()
